using System.Security.Claims;

namespace UnitTests.AuthCore.TestKit;

/// <summary>A server with one self-registered client for all tests of a class; each test brings a person of its own.</summary>
public sealed class ServerWithClient : IAsyncLifetime
{
    private int _people;

    internal AuthServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await AuthServer.StartAsync(("Database:LaneCapacity", "16"));
        await Server.AddClientAsync();
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    internal Task<ClaimsPrincipal> NewPersonAsync() => Server.AddPersonAsync($"person-{Interlocked.Increment(ref _people)}@example.org");
}
