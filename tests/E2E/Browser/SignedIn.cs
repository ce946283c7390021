using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>Somebody who is signed in already when a test begins.</summary>
internal static class SignedIn
{
    /// <summary>A page that a person has opened and signed in for.</summary>
    public static Task AsAsync(this Chromium chromium, RunningHost host, Person person, string name, string path, Func<IPage, Task> act) =>
        chromium.WithPageAsync(name, Look.Ordinary, async page =>
        {
            await page.GotoAsync(host.At(path).AbsoluteUri);
            await new LoginPage(page).SignInAsync(person);
            await page.WaitForURLAsync(host.At(path).AbsoluteUri);
            await page.ShouldHaveSettledAsync();
            await act(page);
        });

    /// <summary>Tokens of the administrator for a client that may read the sample secret.</summary>
    public static async Task<TokenAnswer> ConnectAsync(this OAuthClient client, RunningHost host)
    {
        using var browser = new FormBrowser(host.Origin);
        await browser.SignInAsync(host.At("/account/connections"), Person.Administrator);
        return await browser.ConnectAsync(client, "read:secret");
    }
}
