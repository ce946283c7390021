using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Registration;

/// <summary>A flood of registrations costs a bounded number of rows, and nobody who is honest anything.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class RegistrationFloodTests(Chromium chromium, RegistrationHost registration) : IClassFixture<RegistrationHost>
{
    private const int Flood = 150;

    private readonly RunningHost _host = registration.Host;

    [Fact]
    public async Task The_flood_is_dropped_and_the_allowed_and_the_waiting_stay()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var allowed = await OAuthClient.RegisterAsync(_host, "Weather");
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var tokens = await browser.ConnectAsync(allowed, "account:read");

        using var other = new FormBrowser(_host.Origin);
        using var waiting = await OAuthClient.RegisterAsync(_host, "In the middle of it");
        var login = await other.OpenAsync(waiting.AuthorizationUrl("account:read"));

        var flood = new List<OAuthClient>();
        for (var i = 0; i < Flood; i++)
        {
            flood.Add(await OAuthClient.RegisterAsync(_host, $"Flood {i}"));
        }

        (await KnownAsync(flood)).ShouldBe(RegistrationHost.MaxUnused - 1);

        var consent = await other.SubmitAsync(login, [new("email", Person.Administrator.Email), new("password", Person.Administrator.Password)]);
        var code = (await other.SubmitAsync(consent, [new("decision", "allow")])).Returned("code");
        (await waiting.RedeemAsync(code!)).AccessToken.ShouldNotBeNull();
        (await allowed.RefreshAsync(tokens.RefreshToken!)).Status.ShouldBe(HttpStatusCode.OK);

        await chromium.WithPageAsync("dropped registrations", Look.Ordinary, async page =>
        {
            await page.GotoAsync(_host.At("/admin").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            var tile = page.GetByRole(AriaRole.Link).Filter(new() { HasText = "Unused registrations dropped, last 24 hours" });
            await Assertions.Expect(tile).ToContainTextAsync($"{Flood - RegistrationHost.MaxUnused + 1}");
            await page.ShouldBeAccessibleAsync();
        });
        foreach (var client in flood)
        {
            client.Dispose();
        }
    }

    /// <summary>How many of them this server still knows. An unknown one is answered 400 on a page here.</summary>
    private static async Task<int> KnownAsync(IEnumerable<OAuthClient> clients)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var known = 0;
        foreach (var client in clients)
        {
            using var answer = await http.GetAsync(client.AuthorizationUrl("account:read"));
            known += answer.StatusCode == HttpStatusCode.SeeOther ? 1 : 0;
        }

        return known;
    }
}
