using System.Net;
using System.Net.WebSockets;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Security;

/// <summary>Whose pages may open a circuit with the cookie of a person who is signed in.</summary>
public sealed class CircuitOriginTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:9")]
    [InlineData("null")]
    [InlineData("")]
    public async Task Page_of_another_origin_opens_none(string origin)
    {
        using var browser = await SignedInAsync();
        (await NegotiateAsync(browser, origin)).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenSocketAsync(browser, origin)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Page_of_this_host_on_another_scheme_or_port_opens_none()
    {
        using var browser = await SignedInAsync();
        (await OpenSocketAsync(browser, $"https://localhost:{_host.Origin.Port}")).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenSocketAsync(browser, $"http://127.0.0.1:{_host.Origin.Port}")).ShouldBe(HttpStatusCode.Forbidden);
        (await OpenSocketAsync(browser, "http://localhost")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Page_of_the_console_does()
    {
        using var browser = await SignedInAsync();
        var own = _host.Origin.GetLeftPart(UriPartial.Authority);
        (await NegotiateAsync(browser, own)).ShouldBe(HttpStatusCode.OK);
        (await OpenSocketAsync(browser, own)).ShouldBe(HttpStatusCode.SwitchingProtocols);
    }

    private async Task<FormBrowser> SignedInAsync()
    {
        var browser = new FormBrowser(_host.Origin);
        (await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator)).Status.ShouldBe(HttpStatusCode.OK);
        return browser;
    }

    private async Task<HttpStatusCode> NegotiateAsync(FormBrowser browser, string origin)
    {
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.At("/_blazor/negotiate?negotiateVersion=1"));
        request.Headers.TryAddWithoutValidation("Origin", origin);
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> OpenSocketAsync(FormBrowser browser, string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(_host.At("/_blazor")) { Scheme = "ws" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }
}
