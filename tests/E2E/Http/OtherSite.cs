using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>A site on another port of this machine that answers every request with one page; to cookies it is the same site.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public OtherSite(string html)
    {
        Address = new Uri($"http://localhost:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync(Encoding.UTF8.GetBytes(html));
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(byte[] page)
    {
        try
        {
            while (true)
            {
                var exchange = await _listener.GetContextAsync();
                exchange.Response.ContentType = "text/html; charset=utf-8";
                exchange.Response.Close(page, willBlock: false);
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // Nobody asks any more.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
