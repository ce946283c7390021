using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>A host that cleans up every second, and lets a unit of work hold the lane for one.</summary>
public sealed class ImpatientHost : IAsyncLifetime
{
    private RunningHost? _host;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(HostOptions.Default with
    {
        Settings = new Dictionary<string, string>
        {
            ["RateLimits__Enabled"] = "false",
            ["Database__LaneUnitLimit"] = "00:00:01",
            ["Database__CleaningPeriod"] = "00:00:01",
        },
    });

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
