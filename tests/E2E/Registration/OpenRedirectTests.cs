using System.Net;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Registration;

/// <summary>Registering an address does not make this server send people there (RFC 9700 §4.11.2).</summary>
public sealed partial class OpenRedirectTests(RegistrationHost registration) : IClassFixture<RegistrationHost>
{
    private const string Phish = "https://evil.example/phish?kit=1";

    private readonly RunningHost _host = registration.Host;

    public static TheoryData<string, string?, string> Mistakes => new()
    {
        { "response_type", "token", "unsupported_response_type" },
        { "scope", "no:such-scope", "invalid_scope" },
        { "code_challenge", null, "invalid_request" },
        { "code_challenge_method", "plain", "invalid_request" },
        { "resource", "https://elsewhere.example/mcp", "invalid_target" },
        { "request", "e30.e30.", "request_not_supported" },
        { "request_uri", "https://evil.example/request", "request_uri_not_supported" },
        { "prompt", "none", "login_required" },
        { "prompt", "nonsense", "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task An_error_for_an_address_that_nobody_vouches_for_stops_here(string name, string? value, string error)
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Prize draw", Phish);
        var address = client.AuthorizationUrl("account:read", [new(name, value)]);
        using var browser = new FormBrowser(_host.Origin);
        ShouldStop(await browser.OpenAsync(address), error);

        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var form = new StringContent(address.Query.TrimStart('?'), null, "application/x-www-form-urlencoded");
        using var posted = await http.PostAsync(_host.At("/authorize"), form);
        posted.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        ShouldStop(new FormPage(address, posted.StatusCode, await posted.Content.ReadAsStringAsync(), posted.Headers.Location), error);
    }

    [Fact]
    public async Task A_link_into_an_app_stops_here_as_well()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Prize draw", "cursor://anysphere.cursor-retrieval/oauth");
        using var browser = new FormBrowser(_host.Origin);
        var page = await browser.OpenAsync(client.AuthorizationUrl("account:read", [new("response_type", "token")]));
        page.LeadsTo.ShouldBeNull();
        page.Html.ShouldContain("Continue to cursor:");
        LinkIn(page.Html).ShouldStartWith("cursor://anysphere.cursor-retrieval/oauth?error=unsupported_response_type&");
    }

    [Fact]
    public async Task A_client_on_this_computer_and_one_of_the_configuration_hear_of_their_errors_by_themselves()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "On loopback");
        using var browser = new FormBrowser(_host.Origin);
        var toLoopback = await browser.OpenAsync(client.AuthorizationUrl("account:read", [new("response_type", "token")]));
        toLoopback.Returned("error").ShouldBe("unsupported_response_type");
        toLoopback.Returned("iss").ShouldBe(_host.Origin.GetLeftPart(UriPartial.Authority));

        var configured = await browser.OpenAsync(client.AuthorizationUrl(
            "account:read", [new("response_type", "token"), new("client_id", RegistrationHost.Configured), new("redirect_uri", RegistrationHost.ConfiguredRedirect)]));
        configured.LeadsTo!.Host.ShouldBe("reports.example");
        configured.Returned("error").ShouldBe("unsupported_response_type");
    }

    [Fact]
    public async Task Who_has_read_the_destination_on_the_consent_page_is_sent_on()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Report bot", Phish);
        using var browser = new FormBrowser(_host.Origin);
        var consent = await browser.SignInAsync(client.AuthorizationUrl("account:read"), Person.Administrator);
        var denied = await browser.SubmitAsync(consent, [new("decision", "deny")]);
        denied.LeadsTo!.Host.ShouldBe("evil.example");
        denied.Returned("error").ShouldBe("access_denied");

        var mistake = client.AuthorizationUrl("account:read", [new("prompt", "none")]);
        ShouldStop(await browser.OpenAsync(mistake), "consent_required");

        await browser.ConnectAsync(client, "account:read");
        (await browser.OpenAsync(mistake)).Returned("error").ShouldBe("consent_required");
        using var signedOut = new FormBrowser(_host.Origin);
        ShouldStop(await signedOut.OpenAsync(mistake), "login_required");
    }

    private static void ShouldStop(FormPage page, string error)
    {
        page.LeadsTo.ShouldBeNull();
        page.Status.ShouldBe(HttpStatusCode.BadRequest);
        page.Html.ShouldContain("Continue to evil.example");
        page.Html.ShouldContain("rel=\"noreferrer");
        page.Html.ShouldNotContain("<script");
        page.Html.ShouldNotContain("http-equiv=\"refresh\"");
        var link = LinkIn(page.Html);
        link.ShouldStartWith(Phish + "&error=" + error + "&");
        link.ShouldContain("&state=opaque-to-the-server");
        link.ShouldContain("&iss=http");
    }

    private static string LinkIn(string html) => WebUtility.HtmlDecode(Link().Match(html).Groups["address"].Value);

    [GeneratedRegex("""<a href="(?<address>[^"]*)" rel="noreferrer[^"]*">Continue to""")]
    private static partial Regex Link();
}
