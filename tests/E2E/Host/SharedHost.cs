namespace McpAuthConsole.E2ETests.Host;

/// <summary>A host for all tests of a class.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private RunningHost? _host;

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(HostOptions.WithoutRateLimits);

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
