namespace UnitTests.AuthCore.TestKit;

/// <summary>One server for all tests of a class, which run one after the other. A class whose tests write empties it before each.</summary>
public sealed class SharedAuthServer : IAsyncLifetime
{
    internal AuthServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await AuthServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    /// <summary>The server as if it had just started.</summary>
    internal async Task<AuthServer> EmptiedAsync()
    {
        await Server.EmptyAsync();
        return Server;
    }
}
