using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>Where somebody signs in.</summary>
internal sealed partial class LoginPage(IPage page)
{
    public ILocator Email => page.Locator("input[name=email]");

    public ILocator Password => page.Locator("input[name=password]");

    public ILocator Submit => page.GetByRole(AriaRole.Button, new() { NameRegex = SignIn() });

    public async Task SignInAsync(Person person)
    {
        await Email.FillAsync(person.Email);
        await Password.FillAsync(person.Password);
        await Submit.ClickAsync();
    }

    [GeneratedRegex("^(sign|log) in", RegexOptions.IgnoreCase)]
    private static partial Regex SignIn();
}
