using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>Where the user reads who asks for what, and answers.</summary>
internal sealed partial class ConsentPage(IPage page)
{
    public ILocator Allow => page.GetByRole(AriaRole.Button, new() { NameRegex = AllowName() });

    public ILocator Deny => page.GetByRole(AriaRole.Button, new() { NameRegex = DenyName() });

    public ILocator Scopes => page.GetByRole(AriaRole.Checkbox);

    public ILocator Text => page.GetByRole(AriaRole.Main);

    /// <summary>The box of one scope, by its raw name.</summary>
    public ILocator Scope(string scope) => page.Locator($"input[name=scope][value='{scope}']");

    [GeneratedRegex("^allow", RegexOptions.IgnoreCase)]
    private static partial Regex AllowName();

    [GeneratedRegex("^(deny|don.t allow)", RegexOptions.IgnoreCase)]
    private static partial Regex DenyName();
}
