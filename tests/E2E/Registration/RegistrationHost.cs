using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Registration;

/// <summary>A host that keeps few unused registrations, and has one client that its administrator wrote down.</summary>
public sealed class RegistrationHost : IAsyncLifetime
{
    internal const int MaxUnused = 20;
    internal const string Configured = "reports";
    internal const string ConfiguredRedirect = "https://reports.example/oauth/callback";

    private static readonly HostOptions Options = HostOptions.Default with
    {
        Settings = new Dictionary<string, string>
        {
            ["RateLimits__Enabled"] = "false",
            ["Registration__MaxUnused"] = MaxUnused.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Clients__0__ClientId"] = Configured,
            ["Clients__0__Name"] = "Quarterly reports",
            ["Clients__0__RedirectUris__0"] = ConfiguredRedirect,
        },
    };

    private RunningHost? _host;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(Options);

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
