using McpAuthConsole.E2ETests.Host;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Browser;

/// <summary>The console's list of people, in the hands of an administrator.</summary>
internal sealed class UsersPage(IPage page)
{
    private readonly AdminList _list = new(page);

    public ILocator Add => page.GetByRole(AriaRole.Button, new() { Name = "Add a user" });

    public Task OpenAsync(RunningHost host) => _list.OpenAsync(host.At("/admin/users"));

    public async Task AddAsync(Person person, string role)
    {
        await Add.ClickAsync();
        // The dialog moves the focus once it is open, and would take what is typed elsewhere with it.
        await Assertions.Expect(_list.Dialog.GetByLabel("E-mail address")).ToBeFocusedAsync();
        await _list.Dialog.GetByLabel("E-mail address").FillAsync(person.Email);
        await _list.Dialog.GetByLabel("First password").FillAsync(person.Password);
        await _list.Dialog.GetByLabel("Console role").SelectOptionAsync(role);
        await _list.Dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText($"{person.Email} can sign in.")).ToBeVisibleAsync();
        await Assertions.Expect(_list.RowWith(person.Email)).ToContainTextAsync(role);
    }

    /// <summary>Gives a role, and waits until the console has said so.</summary>
    public async Task SetRoleAsync(Person person, string role)
    {
        await _list.ExpandAsync(person.Email);
        await page.GetByLabel("Console role").SelectOptionAsync(role);
        await Assertions.Expect(page.GetByText($"{person.Email} has {role} now.")).ToBeVisibleAsync();
    }

    /// <summary>Disables somebody, and waits until the console has said so: from then on it has to hold.</summary>
    public async Task DisableAsync(Person person)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Disable {person.Email}" }).ClickAsync();
        await _list.Dialog.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Assertions.Expect(page.GetByText($"{person.Email} cannot sign in")).ToBeVisibleAsync();
    }
}
