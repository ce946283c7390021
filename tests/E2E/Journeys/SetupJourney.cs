using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>A fresh host in the hands of the person who started it, and of nobody else.</summary>
[Collection(ChromiumCollection.Name)]
public sealed partial class SetupJourney(Chromium chromium)
{
    [Fact]
    public async Task Who_sees_the_terminal_becomes_the_administrator_once()
    {
        await using var host = await RunningHost.StartAsync(new HostOptions(Administrator: null));
        var code = (await host.PrintedAsync(OneTimeCode())).Groups["code"].Value;

        await chromium.WithPageAsync("setup", Look.Ordinary, async page =>
        {
            await page.GotoAsync(host.At("/").AbsoluteUri);
            await FillInAsync(page, "WRONG-WRONG-CODE");
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            new Uri(page.Url).AbsolutePath.ShouldBe("/setup");

            await FillInAsync(page, code);
            await page.GotoAsync(host.At("/admin").AbsoluteUri);
            if (new Uri(page.Url).AbsolutePath == "/account/login")
            {
                await new LoginPage(page).SignInAsync(Person.Administrator);
            }

            await page.WaitForURLAsync(host.At("/admin").AbsoluteUri);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        });

        await chromium.WithPageAsync("setup again", Look.Ordinary, async page =>
        {
            await page.GotoAsync(host.At("/setup").AbsoluteUri);
            await Assertions.Expect(page.Locator("input[name=code]")).ToHaveCountAsync(0);
        });
    }

    private static async Task FillInAsync(IPage page, string code)
    {
        await page.Locator("input[name=code]").FillAsync(code);
        await page.Locator("input[name=email]").FillAsync(Person.Administrator.Email);
        await page.Locator("input[name=password]").FillAsync(Person.Administrator.Password);
        await page.Locator("input[name=repeated]").FillAsync(Person.Administrator.Password);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = Create() }).ClickAsync();
    }

    [GeneratedRegex(@"one-time code:\s+(?<code>\S+)")]
    private static partial Regex OneTimeCode();

    [GeneratedRegex("^create", RegexOptions.IgnoreCase)]
    private static partial Regex Create();
}
