using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>What only a real browser enforces about the consent page.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ConsentInChromiumTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Redirect_after_the_post_reaches_a_loopback_callback()
    {
        // Chromium applies `form-action` to the whole redirect chain of a form post, and refuses silently.
        await using var client = new McpClient(McpClientKind.ClientV2, "Loopback", _host.McpEndpoint);
        await client.ConnectAsync();
        var address = await client.AuthorizeAsync("read:secret");
        await chromium.WithPageAsync("form-action", Look.Ordinary, async page =>
        {
            var refusals = new List<string>();
            page.Console += (_, message) =>
            {
                if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
                {
                    refusals.Add(message.Text);
                }
            };
            await page.GotoAsync(address!.AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await page.AllowAsync(client);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Back in the app" })).ToBeVisibleAsync();
            refusals.ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task Page_of_another_origin_cannot_frame_it()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Framed");
        await chromium.WithPageAsync("framed", Look.Ordinary, async page =>
        {
            var address = client.AuthorizationUrl("read:secret").AbsoluteUri;
            await page.GotoAsync(address);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await Assertions.Expect(new ConsentPage(page).Allow).ToBeVisibleAsync();
            var consent = page.Url;

            await using var attacker = new OtherSite($"<!doctype html><title>Win a prize</title><iframe src=\"{consent}\"></iframe>");
            var arrived = page.WaitForResponseAsync(consent);
            await page.GotoAsync(attacker.Address.AbsoluteUri);
            (await arrived).Status.ShouldBe(200);
            page.Frames.Count.ShouldBe(2);
            await page.Frames[1].WaitForURLAsync(address => address.StartsWith("chrome-error:", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Enter_does_not_allow()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Impatient");
        await chromium.WithPageAsync("enter", Look.Ordinary, async page =>
        {
            await page.GotoAsync(client.AuthorizationUrl("read:secret").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            var callback = page.WaitForRequestAsync(request => request.Url.StartsWith(client.RedirectUri, StringComparison.Ordinal));
            await new ConsentPage(page).Scope("read:secret").PressAsync("Enter");
            Query.Of(new Uri((await callback).Url))["error"].ShouldBe("access_denied");
        });
    }
}
