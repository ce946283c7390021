using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Registration;

/// <summary>What a client calls itself deceives nobody, neither on the consent page nor in the console.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class DeceptiveNameTests(Chromium chromium, RegistrationHost registration) : IClassFixture<RegistrationHost>
{
    private static readonly (string Name, string Shown, string Consent, string Badge)[] Names =
    [
        ("cla\u1D1Cde", "cla\u1D1Cde", "The name looks like “Claude”, but is written with other characters.", "looks like Claude"),
        ("C1aude", "C1aude", "The name looks like “Claude”, but is written with other characters.", "looks like Claude"),
        ("McpAuthConsole security check", "McpAuthConsole security check", "It uses the name of this server.", "uses this server’s name"),
        ("\u3164", "Unnamed client", "It gave no name that can be read.", "unnamed"),
        ("Weather" + new string('\u0335', 100), "Weather\u0335\u0335", "Characters were taken out of the name.", "name hides characters"),
        ("Wea\u202Ether", "Weather", "Characters were taken out of the name.", "name hides characters"),
        ("Claude Code", "Claude Code", "It says it is Claude. Anyone can use this name", "says it is Claude"),
    ];

    private static readonly string[] Lists = ["/admin/clients", "/admin/sessions", "/admin/families"];

    private readonly RunningHost _host = registration.Host;

    [Fact]
    public async Task Consent_and_console_say_what_speaks_for_caution()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        foreach (var (name, shown, said, _) in Names)
        {
            using var client = await OAuthClient.RegisterAsync(_host, name);
            var html = TextOf((await browser.OpenAsync(client.AuthorizationUrl("account:read"))).Html);
            html.ShouldContain($"“{shown}”");
            html.ShouldContain(said);
            await browser.ConnectAsync(client, "account:read");
        }

        await chromium.WithPageAsync("deceptive names", Look.Ordinary, async page =>
        {
            await page.GotoAsync(_host.At("/admin/clients").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            foreach (var path in Lists)
            {
                var list = new AdminList(page);
                await list.OpenAsync(_host.At(path));
                foreach (var (_, shown, _, badge) in Names)
                {
                    await Assertions.Expect(list.RowWith(shown).Filter(new() { HasText = badge }).First).ToBeVisibleAsync();
                }

                await page.ShouldBeAccessibleAsync();
            }
        });
    }

    [Fact]
    public async Task An_honest_name_and_one_that_an_administrator_chose_raise_nothing()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Zürich Fahrplan");
        var page = await browser.SignInAsync(client.AuthorizationUrl("account:read"), Person.Administrator);
        page.Html.ShouldNotContain("notice caution");
    }

    private static string TextOf(string html) =>
        WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", ""), @"\s+", " "));
}
