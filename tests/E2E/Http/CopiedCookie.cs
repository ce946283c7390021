using System.Net;
using System.Net.WebSockets;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>Somebody who has a copy of a session cookie, and nothing else of the browser that it came from.</summary>
internal sealed class CopiedCookie(RunningHost host, string cookie) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>200 where the cookie still counts; 302 to the login page or 401 where it does not.</summary>
    public async Task<HttpStatusCode> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, host.At(path)) { Headers = { { "Cookie", $"session={cookie}" } } };
        using var response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Opens what Blazor's script opens: 101 and an open socket, or the refusal.</summary>
    public async Task<(HttpStatusCode Status, ClientWebSocket Socket)> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", $"session={cookie}");
        socket.Options.SetRequestHeader("Origin", host.Origin.GetLeftPart(UriPartial.Authority));
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(host.At("/_blazor")) { Scheme = "ws" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return (socket.HttpStatusCode, socket);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether the host ends the connection within the time.</summary>
    public static async Task<bool> IsCutOffAsync(ClientWebSocket socket, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            return (await socket.ReceiveAsync(new byte[64], patience.Token)).MessageType == WebSocketMessageType.Close;
        }
        catch (WebSocketException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
