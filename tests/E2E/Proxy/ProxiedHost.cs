using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Proxy;

/// <summary>A host that is reached over TLS, through nginx, under a name that is not loopback's.</summary>
public sealed class ProxiedHost : IAsyncLifetime
{
    private RunningHost? _host;

    internal TlsProxy Proxy { get; } = new();

    internal RunningHost Host => _host ?? throw new InvalidOperationException("The host has not been started.");

    public async Task InitializeAsync()
    {
        _host = await RunningHost.StartAsync(HostOptions.WithoutRateLimits with
        {
            PublicUrl = Proxy.Origin,
            Settings = new Dictionary<string, string> { ["RateLimits__Enabled"] = "false", ["TrustedProxies__0"] = "127.0.0.1" },
        });
        await Proxy.StartAsync(_host.Address);
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
