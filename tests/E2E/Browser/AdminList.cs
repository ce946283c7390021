using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>One of the console's lists.</summary>
internal sealed partial class AdminList(IPage page)
{
    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator DialogRevoke => Dialog.GetByRole(AriaRole.Button, new() { NameRegex = RevokeName() });

    public ILocator DialogCancel => Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" });

    /// <summary>Everything on the page that offers to revoke or to disable something.</summary>
    public ILocator Revokes => page.GetByRole(AriaRole.Button, new() { NameRegex = RevokeName() });

    public ILocator RowWith(string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    public async Task OpenAsync(Uri address)
    {
        await page.GotoAsync(address.AbsoluteUri);
        await page.ShouldHaveSettledAsync();
    }

    /// <summary>Opens the dialog that says what the row's revocation will end.</summary>
    public async Task AskToRevokeAsync(string rowText)
    {
        await RowWith(rowText).GetByRole(AriaRole.Button, new() { NameRegex = RevokeName() }).First.ClickAsync();
        await Assertions.Expect(Dialog).ToBeVisibleAsync();
    }

    /// <summary>Shows what lies below a row.</summary>
    public async Task ExpandAsync(string rowText) =>
        await RowWith(rowText).GetByRole(AriaRole.Button, new() { Expanded = false }).First.ClickAsync();

    /// <summary>Confirms, and waits until the console has said that it is done: from then on it has to hold.</summary>
    public async Task ConfirmAsync()
    {
        await DialogRevoke.ClickAsync();
        await Assertions.Expect(page.GetByText(Acknowledged())).ToBeVisibleAsync();
        await Assertions.Expect(Dialog).ToBeHiddenAsync();
    }

    [GeneratedRegex("^(revoke|disable)", RegexOptions.IgnoreCase)]
    private static partial Regex RevokeName();

    [GeneratedRegex("revoked. No token of")]
    private static partial Regex Acknowledged();
}
