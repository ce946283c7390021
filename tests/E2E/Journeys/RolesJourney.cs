using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>What people see and can do in the console by their role, and how soon a role that was taken away is gone.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class RolesJourney(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly string[] Grants = ["/admin/clients", "/admin/sessions", "/admin/families"];

    private static readonly string[] Everything = ["/admin", .. Grants, "/admin/browser-sessions", "/admin/rate-limits", "/admin/users", "/admin/audit"];

    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Viewer_added_by_an_administrator_sees_every_list_and_can_end_nothing()
    {
        var viewer = new Person("ada@example.com", "Analytical-Engine-1843");
        using var client = await OAuthClient.RegisterAsync(_host, "Seen by a viewer");
        await client.ConnectAsync(_host);
        await chromium.AsAsync(_host, Person.Administrator, "administrator adds a viewer", "/admin/users", page => new UsersPage(page).AddAsync(viewer, "viewer"));

        await chromium.AsAsync(_host, viewer, "viewer", "/admin/clients", async page =>
        {
            var list = new AdminList(page);
            foreach (var path in Grants)
            {
                await list.OpenAsync(_host.At(path));
                await Assertions.Expect(list.RowWith("Seen by a viewer")).ToBeVisibleAsync();
                await Assertions.Expect(list.Revokes).ToHaveCountAsync(0);
            }

            var users = new UsersPage(page);
            await users.OpenAsync(_host);
            await Assertions.Expect(list.RowWith(Person.Administrator.Email)).ToBeVisibleAsync();
            await Assertions.Expect(list.Revokes).ToHaveCountAsync(0);
            await Assertions.Expect(users.Add).ToHaveCountAsync(0);
        });
    }

    [Fact]
    public async Task Somebody_without_a_role_sees_nothing_of_the_console()
    {
        var person = new Person("charles@example.com", "Difference-Engine-1822");
        await chromium.AsAsync(_host, Person.Administrator, "administrator adds a person", "/admin/users", page => new UsersPage(page).AddAsync(person, ""));

        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), person);
        foreach (var path in Everything)
        {
            var refused = await browser.OpenAsync(_host.At(path));
            refused.Status.ShouldBe(HttpStatusCode.Forbidden, path);
            refused.Html.ShouldNotContain(Person.Administrator.Email);
        }
    }

    [Fact]
    public async Task Demoted_operator_ends_nothing_with_a_page_that_was_open_and_signs_in_again_without_buttons()
    {
        var @operator = new Person("jean@example.com", "Eniac-Programmer-1946");
        using var client = await OAuthClient.RegisterAsync(_host, "Outlives an operator");
        var tokens = await client.ConnectAsync(_host);
        await chromium.AsAsync(_host, Person.Administrator, "administrator and an operator", "/admin/users", async administrator =>
        {
            var users = new UsersPage(administrator);
            await users.AddAsync(@operator, "operator");

            await chromium.AsAsync(_host, @operator, "demoted operator", "/admin/families", async page =>
            {
                var families = new AdminList(page);
                await families.AskToRevokeAsync("Outlives an operator");

                await users.SetRoleAsync(@operator, "viewer");

                // The session ended with the role, and the page with the session; after the next sign-in they have the role that they have now.
                await Assertions.Expect(page.GetByText("You are signed out")).ToBeVisibleAsync();
                (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
                await new LoginPage(page).SignInAsync(@operator);
                await Assertions.Expect(families.RowWith("Outlives an operator")).ToBeVisibleAsync();
                await Assertions.Expect(families.Revokes).ToHaveCountAsync(0);
            });
        });
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
    }
}
