using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>The user's part of an authorization, in the browser.</summary>
internal static class Authorizing
{
    /// <summary>Reads the consent page that the browser is on, allows, and waits until the client has its tokens.</summary>
    public static async Task AllowAsync(this IPage page, McpClient client)
    {
        var consent = new ConsentPage(page);
        await Assertions.Expect(consent.Allow).ToBeVisibleAsync();
        await Assertions.Expect(consent.Text).ToContainTextAsync(client.Name);
        var redirect = new Uri((await client.CredentialsAsync()).RedirectUrl);
        await Assertions.Expect(consent.Text).ToContainTextAsync(redirect.Authority);

        await consent.Allow.ClickAsync();
        await page.WaitForURLAsync(address => address.StartsWith(redirect.AbsoluteUri, StringComparison.Ordinal));
        var answer = await client.FinishAuthorizationAsync();
        answer.Keys.ShouldBe(["code", "state", "iss"], ignoreOrder: true);
    }
}
