using AuthCore.Hosting;
using AdminConsole.Hosting;
using System.CommandLine;
using System.Data.Common;
using AuthCore;
using AuthCore.Storage;
using Microsoft.Extensions.Logging.Console;

namespace AdminConsole.Commands;

/// <summary>The host with its settings, not started, for a command that works on its data directory.</summary>
internal static class StoppedHost
{
    public static Option<string?> DataDirectory { get; } = new("--data-directory", "--DataDirectory")
    {
        Description = "The host's data directory. Otherwise the setting DataDirectory, as the host reads it.",
        HelpName = "PATH",
    };

    /// <returns>The exit code: that of the work, or 1 where it could not be done.</returns>
    public static async Task<int> RunAsync(ParseResult given, Func<IServiceProvider, Task<int>> workAsync)
    {
        await using var app = Build(given.GetValue(DataDirectory));
        if (!ConfigurationReport.IsGood(app.Services))
        {
            return 1;
        }

        try
        {
            return await workAsync(app.Services);
        }
        catch (BrokenSetupException broken)
        {
            Console.Error.WriteLine(broken.Message);
            return 1;
        }
        catch (Exception exception) when (exception is DbException or StorageBusyException)
        {
            Console.Error.WriteLine($"The database did not answer: {exception.Message}");
            return 1;
        }
    }

    private static WebApplication Build(string? dataDirectory)
    {
        var builder = WebApplication.CreateBuilder(HostFolder.Options(dataDirectory is null ? [] : [$"--DataDirectory={Path.GetFullPath(dataDirectory)}"]));
        builder.AddConsole();

        // Standard output holds the answer, and may hold a password that a script takes from it.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Warning);
        return builder.Build();
    }
}
