namespace UnitTests.McpEndpoint.TestKit;

/// <summary>One host for all tests of a class that only asks.</summary>
public sealed class SharedMcpHost : IAsyncLifetime
{
    internal McpHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await McpHost.StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
