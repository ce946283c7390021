using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Proxy;

/// <summary>Behind nginx and TLS everything goes on as without, and the addresses that are kept are the clients' own.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class TlsProxyJourney(Chromium chromium, ProxiedHost proxied) : IClassFixture<ProxiedHost>
{
    private const string Forged = "6.6.6.6";
    private static readonly Look OverTls = Look.Ordinary with { AnyCertificate = true };
    private readonly RunningHost _host = proxied.Host;
    private readonly TlsProxy _proxy = proxied.Proxy;

    [Fact]
    public async Task Client_connects_and_the_console_shows_from_where()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Behind a proxy", connect: _proxy.From(ClientAddress.Other));
        await chromium.WithPageAsync("behind a proxy", OverTls, async page =>
        {
            await page.GotoAsync(client.AuthorizationUrl("read:secret").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await Assertions.Expect(page.GetByRole(AriaRole.Contentinfo)).ToContainTextAsync($"You are on {_proxy.Origin.Authority}");
            var callback = page.WaitForRequestAsync(request => request.Url.StartsWith(client.RedirectUri, StringComparison.Ordinal));
            await new ConsentPage(page).Allow.ClickAsync();
            var answer = Query.Of(new Uri((await callback).Url));
            answer["iss"].ShouldBe(_proxy.Origin.GetLeftPart(UriPartial.Authority));

            var tokens = await client.RedeemAsync(answer["code"]);
            tokens = await client.RefreshAsync(tokens.RefreshToken.ShouldNotBeNull());
            (await client.CallToolAsync(tokens.AccessToken.ShouldNotBeNull(), "get_secret")).ShouldBe(HttpStatusCode.OK);

            var cookies = await page.Context.CookiesAsync();
            cookies.Select(cookie => cookie.Name).ShouldBe(["__Host-session", "__Host-device", "__Host-forms"], ignoreOrder: true);
            cookies.ShouldAllBe(cookie => cookie.Secure && cookie.HttpOnly && cookie.Path == "/" && cookie.Domain == TlsProxy.HostName);

            // The console is a circuit: a WebSocket through the proxy.
            var families = new AdminList(page);
            await families.OpenAsync(_host.At("/admin/families"));
            await families.ExpandAsync("Behind a proxy");
            await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Generations, oldest first" })).ToContainTextAsync(ClientAddress.Other.ToString());
            await Assertions.Expect(page.GetByText($"from {ClientAddress.Other}").First).ToBeVisibleAsync();

            await families.OpenAsync(_host.At("/admin/audit"));
            await Assertions.Expect(families.RowWith("client.registered").First).ToContainTextAsync(ClientAddress.Other.ToString());
            await Assertions.Expect(families.RowWith("login.succeeded").First).ToContainTextAsync("127.0.0.1");
        });
    }

    [Fact]
    public async Task Browsers_are_told_to_come_over_TLS_and_to_send_cookies_to_no_other_host()
    {
        using var http = new HttpClient(_proxy.From(IPAddress.Loopback));
        using var answer = await http.GetAsync(_host.At("/account/login"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.StartsWith("__Host-") && cookie.Contains("; secure"));
    }

    [Fact]
    public async Task Forged_addresses_are_believed_neither_through_the_proxy_nor_past_it()
    {
        using var through = new HttpClient(_proxy.From(ClientAddress.Other));
        Forge(through);
        using var refused = await through.GetAsync(_host.At("/authorize?client_id=nobody"));
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var browser = new FormBrowser(_host.Origin, connect: _proxy.From(ClientAddress.Other));
        await browser.SignInAsync(_host.At("/account/login"), new Person("forger@example.com", "not the password"));

        // Straight to the host, from an address that is not listed: its word that this is https counts for nothing.
        using var past = new HttpClient(ClientAddress.From(ClientAddress.Other));
        Forge(past);
        past.DefaultRequestHeaders.Host = _proxy.Origin.Authority;
        using var plain = await past.GetAsync(new Uri(_host.Address, "/account/login"));
        plain.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        await chromium.WithPageAsync("forged", OverTls, async page =>
        {
            await page.GotoAsync(_host.At("/admin/audit").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await page.ShouldHaveSettledAsync();
            await Assertions.Expect(new AdminList(page).RowWith("login.failed").First).ToContainTextAsync(ClientAddress.Other.ToString());
            (await page.ContentAsync()).ShouldNotContain(Forged);
        });
    }

    [Theory]
    [InlineData("/account/login", "text/html", "<h1>Not over https</h1>")]
    [InlineData("/token", "*/*", "{\"error\":\"invalid_request\",\"error_description\":\"This server is at ")]
    [InlineData("/mcp", "application/json, text/event-stream", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"This server is at ")]
    public async Task Plain_http_is_told_so_in_a_sentence(string path, string accept, string says)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Host = _proxy.Origin.Authority;
        http.DefaultRequestHeaders.Accept.ParseAdd(accept);
        using var content = new StringContent("{}");
        using var answer = path == "/account/login" ? await http.GetAsync(new Uri(_host.Address, path)) : await http.PostAsync(new Uri(_host.Address, path), content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(says);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("RFC 6797 section 7.2: never over plain http");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        _host.Output.Split("PublicUrl is https://").Length.ShouldBe(2, "the operator is told once, not with every request");
        _host.Output.ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("/page.css")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task Stylesheets_of_that_page_and_probes_are_served_over_http(string path)
    {
        using var http = new HttpClient();
        if (path == "/page.css")
        {
            http.DefaultRequestHeaders.Host = _proxy.Origin.Authority;
        }

        (await http.GetAsync(new Uri(_host.Address, path))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("auth.example.test", HttpStatusCode.MisdirectedRequest)]
    [InlineData("auth.example.test:443", HttpStatusCode.MisdirectedRequest)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", HttpStatusCode.MisdirectedRequest)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task Only_the_public_name_and_port_are_served(string? named, HttpStatusCode status)
    {
        using var http = new HttpClient(_proxy.From(IPAddress.Loopback));
        http.DefaultRequestHeaders.Host = named ?? _proxy.Origin.Authority;
        using var answer = await http.GetAsync(_host.At("/account/login"));
        answer.StatusCode.ShouldBe(status);
    }

    private static void Forge(HttpClient http)
    {
        http.DefaultRequestHeaders.Add("X-Forwarded-For", Forged);
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
    }
}
