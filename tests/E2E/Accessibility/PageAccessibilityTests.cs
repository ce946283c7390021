using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Accessibility;

/// <summary>WCAG 2.2 AA as far as axe can tell, in light and dark, and no sideways scrolling on the narrowest phone.</summary>
[Collection(ChromiumCollection.Name)]
public sealed partial class PageAccessibilityTests(Chromium chromium, PopulatedHost populated) : IClassFixture<PopulatedHost>
{
    private static readonly string[] SignedInPages =
    [
        "/account/connections", "/account/sessions", "/account/password", "/account/denied", "/admin", "/admin/clients", "/admin/sessions", "/admin/browser-sessions", "/admin/families", "/admin/rate-limits", "/admin/users", "/admin/audit",
    ];

    private static readonly string[] PublicPages = ["/account/login", "/account/login?ended=1&returnUrl=%2Fadmin", "/account/denied", "/no-such-page", "/authorize?client_id=nobody"];

    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private readonly RunningHost _host = populated.Host;

    public static TheoryData<string, ColorScheme> OfSomebodySignedIn => new MatrixTheoryData(SignedInPages);

    public static TheoryData<string, ColorScheme> WithoutSignIn => new MatrixTheoryData(PublicPages);

    [Theory]
    [MemberData(nameof(OfSomebodySignedIn))]
    public async Task Page_of_somebody_signed_in(string path, ColorScheme scheme)
    {
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y {FileName(path)} {scheme}", look, page => LooksRightAsync(page, _host.At(path)));
    }

    [Theory]
    [MemberData(nameof(WithoutSignIn))]
    public async Task Page_without_sign_in(string path, ColorScheme scheme) =>
        await chromium.WithPageAsync($"a11y {FileName(path)} {scheme}", new Look(scheme), page => LooksRightAsync(page, _host.At(path)));

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Login_on_the_way_to_consent_and_consent(ColorScheme scheme)
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Claude Code", "http://localhost:53412/callback");
        var address = client.AuthorizationUrl("read:secret account:read write");
        await chromium.WithPageAsync($"a11y login {scheme}", new Look(scheme), page => LooksRightAsync(page, address));
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y consent {scheme}", look, async page =>
        {
            await LooksRightAsync(page, address);
            await Assertions.Expect(new ConsentPage(page).Scopes).ToHaveCountAsync(3);
        });
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Set_up_of_a_fresh_host(ColorScheme scheme)
    {
        await using var fresh = await RunningHost.StartAsync(new HostOptions(Administrator: null));
        await chromium.WithPageAsync($"a11y setup {scheme}", new Look(scheme), async page =>
        {
            await LooksRightAsync(page, fresh.At("/"));
            new Uri(page.Url).AbsolutePath.ShouldBe("/setup");
        });
    }

    [Theory]
    [InlineData("/admin/clients", ColorScheme.Light)]
    [InlineData("/admin/clients", ColorScheme.Dark)]
    [InlineData("/admin/families", ColorScheme.Light)]
    [InlineData("/admin/families", ColorScheme.Dark)]
    [InlineData("/admin/sessions", ColorScheme.Light)]
    [InlineData("/admin/sessions", ColorScheme.Dark)]
    public async Task Open_revoke_dialog(string path, ColorScheme scheme)
    {
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y dialog {FileName(path)} {scheme}", look, async page =>
        {
            var list = new AdminList(page);
            await list.OpenAsync(_host.At(path));
            await list.AskToRevokeAsync(PopulatedHost.BusiestClient);
            await FitsAsync(page);
            await list.DialogCancel.ClickAsync();
            await Assertions.Expect(list.Dialog).ToBeHiddenAsync();
        });
    }

    [Theory]
    [InlineData("/admin/clients", ColorScheme.Light)]
    [InlineData("/admin/clients", ColorScheme.Dark)]
    [InlineData("/admin/families", ColorScheme.Light)]
    [InlineData("/admin/families", ColorScheme.Dark)]
    public async Task Open_row(string path, ColorScheme scheme)
    {
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y row {FileName(path)} {scheme}", look, async page =>
        {
            var list = new AdminList(page);
            await list.OpenAsync(_host.At(path));
            await list.ExpandAsync(PopulatedHost.ReusedClient);
            await Assertions.Expect(page.GetByText("Client identifier").Or(page.GetByText("Redirect URIs")).First).ToBeVisibleAsync();
            await page.ShouldHaveSettledAsync();
            await FitsAsync(page);
        });
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Open_browser_session_and_the_question_before_its_end(ColorScheme scheme)
    {
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y end session {scheme}", look, async page =>
        {
            var list = new AdminList(page);
            await list.OpenAsync(_host.At("/admin/browser-sessions?sort=-LastSeenAt&q=tomas"));
            await list.ExpandAsync("tomas@example.com");
            await Assertions.Expect(page.GetByText("Ends by itself").First).ToBeVisibleAsync();
            await FitsAsync(page);
            await list.RowWith("tomas@example.com").GetByRole(AriaRole.Button, new() { Name = "End" }).First.ClickAsync();
            await Assertions.Expect(list.Dialog).ToBeVisibleAsync();
            await FitsAsync(page);
        });
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Dialog_that_adds_a_person(ColorScheme scheme)
    {
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y add a user {scheme}", look, async page =>
        {
            var users = new UsersPage(page);
            await users.OpenAsync(_host);
            await users.Add.ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
            await FitsAsync(page);
        });
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Question_before_a_user_ends_a_connection(ColorScheme scheme)
    {
        var look = new Look(scheme) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"a11y own revoke {scheme}", look, async page =>
        {
            await page.GotoAsync(_host.At("/account/connections").AbsoluteUri);
            await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {PopulatedHost.OwnClient}" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true })).ToBeVisibleAsync();
            await FitsAsync(page);
        });
    }

    private static async Task LooksRightAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri);
        await page.ShouldHaveSettledAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await FitsAsync(page);
    }

    /// <summary>As it stands now: for axe in both widths, and for a phone's width.</summary>
    private static async Task FitsAsync(IPage page)
    {
        await page.ShouldBeAccessibleAsync();
        await page.SetViewportSizeAsync(Look.Phone, 800);
        await page.ShouldNotScrollSidewaysAsync();
        await page.ShouldBeAccessibleAsync();
    }

    private static string FileName(string path) => NotForFiles().Replace(path, "-");

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotForFiles();

    private sealed class MatrixTheoryData : TheoryData<string, ColorScheme>
    {
        public MatrixTheoryData(string[] paths)
        {
            foreach (var path in paths)
            {
                foreach (var scheme in Schemes)
                {
                    Add(path, scheme);
                }
            }
        }
    }
}
