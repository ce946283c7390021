using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Screenshots;

/// <summary>
/// The README's pictures, taken from a running host whose clients were connected for real. Written to docs/images when UPDATE_SCREENSHOTS=1;
/// what they show is checked on every run.
/// </summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReadmePictures(Chromium chromium, PopulatedHost populated) : IClassFixture<PopulatedHost>
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1";

    [Fact]
    public async Task Consent()
    {
        using var client = await OAuthClient.RegisterAsync(populated.Host, "Claude Code", "http://localhost:53412/callback");
        await WithPageAsync("consent", async page =>
        {
            await page.GotoAsync(client.AuthorizationUrl("read:secret account:read write").AbsoluteUri);
            var consent = new ConsentPage(page);
            await Assertions.Expect(consent.Text).ToContainTextAsync("Claude Code");
            await Assertions.Expect(consent.Text).ToContainTextAsync("localhost:53412");
            await Assertions.Expect(consent.Scopes).ToHaveCountAsync(3);
            await Assertions.Expect(consent.Allow).ToBeVisibleAsync();
            await SaveAsync(page, "consent.png", fullPage: true);
        });
    }

    [Fact]
    public async Task Families()
    {
        await WithPageAsync("families", async page =>
        {
            var families = new AdminList(page);
            await families.OpenAsync(populated.Host.At("/admin/families"));
            await Assertions.Expect(families.RowWith(PopulatedHost.BusiestClient).First).ToBeVisibleAsync();
            await families.ExpandAsync(PopulatedHost.ReusedClient);
            await Assertions.Expect(page.GetByText("An old refresh token was used again")).ToBeVisibleAsync();
            await SaveAsync(page, "families.png", fullPage: true);
        });
    }

    [Fact]
    public async Task Revoke_dialog()
    {
        await WithPageAsync("revoke-dialog", async page =>
        {
            var families = new AdminList(page);
            await families.OpenAsync(populated.Host.At("/admin/families"));
            await families.AskToRevokeAsync(PopulatedHost.BusiestClient);
            await Assertions.Expect(families.Dialog).ToContainTextAsync(PopulatedHost.BusiestClient);
            await SaveAsync(page, "revoke-dialog.png", fullPage: false);
        });
    }

    private async Task WithPageAsync(string name, Func<IPage, Task> act)
    {
        var look = new Look(Height: 800) { SignedIn = await populated.SignInAsync() };
        await chromium.WithPageAsync($"picture {name}", look, act);
    }

    private static async Task SaveAsync(IPage page, string file, bool fullPage)
    {
        if (!Update)
        {
            return;
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf("docs", "images", file), FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
    }
}
