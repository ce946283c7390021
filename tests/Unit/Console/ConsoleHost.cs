using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace UnitTests.Console;

/// <summary>The real host in memory, with one administrator and a clock that moves when it is told to.</summary>
internal sealed class ConsoleHost : WebApplicationFactory<Program>
{
    public const string Email = "ada@example.org";
    public const string Password = "correct horse battery";

    private readonly string _data = Directory.CreateTempSubdirectory("console-").FullName;

    public TestKit.ManualTime Clock { get; } = new(DateTimeOffset.UtcNow);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        TestKit.MigratedDatabase.PutBoth(_data);
        builder.UseSetting("DataDirectory", _data);
        builder.UseSetting("PublicUrl", "http://localhost");
        builder.UseSetting("RateLimits:Enabled", "false");
        builder.UseSetting("Setup:AdminEmail", Email);
        builder.UseSetting("Setup:AdminPassword", Password);
        builder.ConfigureServices(services => services
            .AddSingleton<TimeProvider>(Clock)
            .Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }
}

/// <summary>One host for all tests of a class that only asks.</summary>
public sealed class SharedConsoleHost : IDisposable
{
    internal ConsoleHost Host { get; } = new();

    public void Dispose() => Host.Dispose();
}
