using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Sessions;

/// <summary>A browser session that has ended is over on the server: for copies of its cookie, for open pages, and at once.</summary>
[Collection(ChromiumCollection.Name)]
public sealed partial class EndedSessionTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private const float TwoSeconds = 2_000;

    /// <summary>As docs/configuration.md says.</summary>
    private const int PagesPerPerson = 20;

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Copy_of_the_cookie_is_worth_nothing_after_sign_out()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        using var thief = new CopiedCookie(_host, browser.SessionCookie);
        (await thief.GetAsync("/admin/users")).ShouldBe(HttpStatusCode.OK);
        var (connected, socket) = await thief.ConnectAsync();
        connected.ShouldBe(HttpStatusCode.SwitchingProtocols);

        await browser.SubmitToAsync(await browser.OpenAsync(_host.At("/account/logout")), "/account/logout");

        (await thief.GetAsync("/admin/users")).ShouldBe(HttpStatusCode.Redirect);
        (await thief.GetAsync("/account/session")).ShouldBe(HttpStatusCode.Unauthorized);
        (await thief.ConnectAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await CopiedCookie.IsCutOffAsync(socket, TimeSpan.FromSeconds(2))).ShouldBeTrue();
    }

    [Fact]
    public async Task New_sign_in_has_a_new_session_and_ends_the_one_that_the_browser_had()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        using var before = new CopiedCookie(_host, browser.SessionCookie);

        await browser.SubmitAsync(
            await browser.OpenAsync(_host.At("/account/login?returnUrl=/account/sessions")), [new("email", Person.Administrator.Email), new("password", Person.Administrator.Password)]);

        using var after = new CopiedCookie(_host, browser.SessionCookie);
        (await after.GetAsync("/account/sessions")).ShouldBe(HttpStatusCode.OK);
        (await before.GetAsync("/account/sessions")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Open_page_of_a_signed_out_session_does_nothing_more_and_says_so_within_two_seconds()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Outlives a session");
        var tokens = await client.ConnectAsync(_host);
        await chromium.AsAsync(_host, Person.Administrator, "open page of a signed-out session", "/admin/clients", async page =>
        {
            var clients = new AdminList(page);
            await clients.AskToRevokeAsync("Outlives a session");

            var other = await page.Context.NewPageAsync();
            await other.GotoAsync(_host.At("/account/logout").AbsoluteUri);
            await other.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
            await Assertions.Expect(new LoginPage(other).Email).ToBeVisibleAsync();

            await TryClickAsync(clients.DialogRevoke);
            await Assertions.Expect(page.GetByText("You are signed out")).ToBeVisibleAsync(new() { Timeout = TwoSeconds });
            await page.WaitForURLAsync(SignInWayBack());
        });
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Person_sees_their_browsers_and_signs_the_others_out()
    {
        using var here = new FormBrowser(_host.Origin, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        using var there = new FormBrowser(_host.Origin, "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1");
        using var third = new FormBrowser(_host.Origin, "Elsewhere/1.0");
        await there.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        await third.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        var page = await here.SignInAsync(_host.At("/account/sessions"), Person.Administrator);

        WebUtility.HtmlDecode(OwnCard().Match(page.Html).Groups["device"].Value).ShouldBe("Firefox on Linux");
        page.Html.ShouldContain("Safari on iPhone");
        var phone = EndForm().Matches(page.Html).First(form => page.Html[..form.Index].LastIndexOf("<h2>", StringComparison.Ordinal) == page.Html[..form.Index].LastIndexOf("<h2><bdi>Safari on iPhone", StringComparison.Ordinal));
        page = await here.SubmitToAsync(page, phone.Groups["path"].Value);
        page.Html.ShouldContain("Signed out there.");
        (await there.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/login");
        (await third.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/sessions");

        page = await here.SubmitToAsync(page, "/account/sessions/end-others");
        page.Html.ShouldNotContain("Elsewhere/1.0");
        (await third.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/login");
        (await here.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/sessions");
    }

    [Fact]
    public async Task Operator_ends_the_session_of_a_person_who_is_out_with_the_next_request()
    {
        var person = new Person("rosalind@example.com", "Photograph-51-Of-1952");
        await chromium.AsAsync(_host, Person.Administrator, "operator ends a session", "/admin/users", async page =>
        {
            await new UsersPage(page).AddAsync(person, "viewer");
            using var browser = new FormBrowser(_host.Origin);
            await browser.SignInAsync(_host.At("/admin"), person);

            var sessions = new AdminList(page);
            await sessions.OpenAsync(_host.At("/admin/browser-sessions?state=signed-in"));
            await sessions.RowWith(person.Email).GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
            await sessions.Dialog.GetByRole(AriaRole.Button, new() { Name = "End session" }).ClickAsync();
            await Assertions.Expect(page.GetByText("is signed out.")).ToBeVisibleAsync();

            (await browser.OpenAsync(_host.At("/admin"))).Address.AbsolutePath.ShouldBe("/account/login");
            await Assertions.Expect(sessions.RowWith(person.Email)).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task Disabling_somebody_and_a_new_role_end_their_sessions_at_once()
    {
        var person = new Person("barbara@example.com", "Jumping-Genes-In-Maize-83");
        await chromium.AsAsync(_host, Person.Administrator, "disabling ends sessions", "/admin/users", async page =>
        {
            var users = new UsersPage(page);
            await users.AddAsync(person, "viewer");
            using var browser = new FormBrowser(_host.Origin);
            await browser.SignInAsync(_host.At("/account/sessions"), person);
            await users.SetRoleAsync(person, "operator");
            (await browser.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/login");

            await browser.SignInAsync(_host.At("/account/sessions"), person);
            await page.GetByRole(AriaRole.Button, new() { Name = $"Disable {person.Email}" }).ClickAsync();
            await new AdminList(page).Dialog.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
            await Assertions.Expect(page.GetByText($"{person.Email} cannot sign in")).ToBeVisibleAsync();
            (await browser.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/login");
        });
    }

    [Fact]
    public async Task Changed_password_ends_the_other_sessions_at_once_and_begins_this_one_anew()
    {
        var person = new Person("emmy@example.com", "Symmetry-And-Conservation-18");
        await chromium.AsAsync(_host, Person.Administrator, "password ends sessions", "/admin/users", page => new UsersPage(page).AddAsync(person, ""));
        using var here = new FormBrowser(_host.Origin);
        using var there = new FormBrowser(_host.Origin);
        await here.SignInAsync(_host.At("/account/sessions"), person);
        await there.SignInAsync(_host.At("/account/sessions"), person);
        using var copy = new CopiedCookie(_host, here.SessionCookie);

        await here.SubmitAsync(
            await here.OpenAsync(_host.At("/account/password")), [new("current", person.Password), new("password", "Rings-And-Ideals-1921"), new("repeated", "Rings-And-Ideals-1921")]);

        (await there.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/login");
        (await copy.GetAsync("/account/sessions")).ShouldBe(HttpStatusCode.Redirect);
        (await here.OpenAsync(_host.At("/account/sessions"))).Address.AbsolutePath.ShouldBe("/account/sessions");
    }

    [Fact]
    public async Task Viewer_who_loses_the_role_with_the_audit_page_open_is_out_and_does_not_fill_the_trail()
    {
        var person = new Person("lise@example.com", "Fission-Over-Christmas-1938");
        await chromium.AsAsync(_host, Person.Administrator, "administrator takes a role", "/admin/users", async page =>
        {
            await new UsersPage(page).AddAsync(person, "viewer");
            await chromium.AsAsync(_host, person, "viewer without a role", "/admin/audit", async audit =>
            {
                var users = new AdminList(page);
                await users.ExpandAsync(person.Email);
                await page.GetByLabel("Console role").SelectOptionAsync("");
                await Assertions.Expect(audit.GetByText("You are signed out")).ToBeVisibleAsync();

                await users.OpenAsync(_host.At("/admin/audit?q=access.denied"));
                (await users.RowWith("access.denied").CountAsync()).ShouldBeLessThanOrEqualTo(1);
            });
        });
    }

    [Fact]
    public async Task One_more_console_page_than_allowed_is_refused_in_plain_words_until_another_is_closed()
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/sessions"), Person.Administrator);
        using var pages = new CopiedCookie(_host, browser.SessionCookie);
        var open = new List<ClientWebSocket>();
        (HttpStatusCode Status, ClientWebSocket Socket) next;
        while ((next = await pages.ConnectAsync()).Status == HttpStatusCode.SwitchingProtocols)
        {
            open.Add(next.Socket);
            open.Count.ShouldBeLessThanOrEqualTo(PagesPerPerson);
        }

        next.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        var refused = await browser.OpenAsync(_host.At("/admin"));
        (refused.Status, refused.Html.Contains("Too many console pages are open", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.TooManyRequests, true));
        open[0].Abort();
        await chromium.AsAsync(_host, Person.Administrator, "a page again", "/admin", async page =>
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Dashboard"));
        open.ForEach(socket => socket.Abort());
    }

    /// <summary>The page may be gone already; what counts is that the click has done nothing.</summary>
    private static async Task TryClickAsync(ILocator button)
    {
        try
        {
            await button.ClickAsync(new() { Timeout = 300 });
        }
        catch (Exception gone) when (gone is TimeoutException or PlaywrightException)
        {
        }
    }

    [GeneratedRegex("""/account/login\?ended=1&returnUrl=%2Fadmin%2Fclients""")]
    private static partial Regex SignInWayBack();

    [GeneratedRegex("""<h2><bdi>(?<device>[^<]*)</bdi></h2>\s*(<!--!-->)*\s*<p class="small"><strong>This browser""")]
    private static partial Regex OwnCard();

    [GeneratedRegex("""action="(?<path>/account/sessions/[0-9a-f]{32}/end)""")]
    private static partial Regex EndForm();
}
