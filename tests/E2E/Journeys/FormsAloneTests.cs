using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>Login and consent need cookies and forms, and nothing else.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class FormsAloneTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Cookies_and_form_posts_carry_a_user_from_authorize_to_a_token()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Plain forms");

        var consent = await browser.SignInAsync(client.AuthorizationUrl("read:secret account:read"), Person.Administrator);
        consent.Html.ShouldContain("Plain forms");
        consent.Html.ShouldContain("127.0.0.1:49152");
        var sentBack = await browser.SubmitAsync(consent, [new("decision", "allow")]);

        sentBack.Status.ShouldBe(HttpStatusCode.SeeOther);
        sentBack.Returned("state").ShouldBe("opaque-to-the-server");
        sentBack.Returned("iss").ShouldBe(_host.Origin.GetLeftPart(UriPartial.Authority));
        var tokens = await client.RedeemAsync(sentBack.Returned("code")!);
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Scope_that_the_user_unticks_is_not_granted()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Asks for too much");

        var consent = await browser.SignInAsync(client.AuthorizationUrl("read:secret account:read"), Person.Administrator);
        var sentBack = await browser.SubmitAsync(consent, [new("decision", "allow"), new("scope", "account:read")]);

        var tokens = await client.RedeemAsync(sentBack.Returned("code")!);
        tokens.Scope.ShouldBe("account:read");
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Denial_is_told_to_the_client_and_grants_nothing()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Is denied");

        var consent = await browser.SignInAsync(client.AuthorizationUrl("read:secret"), Person.Administrator);
        var sentBack = await browser.SubmitAsync(consent, [new("decision", "deny")]);

        sentBack.Returned("error").ShouldBe("access_denied");
        sentBack.Returned("state").ShouldBe("opaque-to-the-server");
        sentBack.Returned("iss").ShouldNotBeNull();
        sentBack.Returned("code").ShouldBeNull();
    }

    [Fact]
    public async Task Consent_form_cannot_be_sent_twice()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Double click");
        var consent = await browser.SignInAsync(client.AuthorizationUrl("read:secret"), Person.Administrator);

        var once = await browser.SubmitAsync(consent, [new("decision", "allow")]);
        var twice = await browser.SubmitAsync(consent, [new("decision", "allow")]);

        once.Returned("code").ShouldNotBeNull();
        twice.LeadsTo.ShouldBeNull();
        twice.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Chromium_without_JavaScript_signs_in_and_allows()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "No scripts");
        await chromium.WithPageAsync("no javascript", Look.Ordinary with { JavaScript = false }, async page =>
        {
            var callback = page.WaitForRequestAsync(request => request.Url.StartsWith(client.RedirectUri, StringComparison.Ordinal));
            await page.GotoAsync(client.AuthorizationUrl("read:secret").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await new ConsentPage(page).Allow.ClickAsync();
            var answer = Query.Of(new Uri((await callback).Url));
            (await client.RedeemAsync(answer["code"])).AccessToken.ShouldNotBeNull();
        });
    }
}
