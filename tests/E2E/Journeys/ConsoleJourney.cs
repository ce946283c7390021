using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>What people see in the console and on their own page, and what their clicks do to the next request.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ConsoleJourney(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Theory]
    [InlineData("/admin/clients")]
    [InlineData("/admin/sessions")]
    [InlineData("/admin/families")]
    public async Task Row_revoked_in_a_list_ends_the_very_next_request(string list)
    {
        var name = $"Ended at {list}";
        using var client = await OAuthClient.RegisterAsync(_host, name);
        var tokens = await ConnectAsync(client);
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);

        await AsAdministratorAsync($"revoke at {list.Replace('/', ' ')}", list, async page =>
        {
            var rows = new AdminList(page);
            await rows.AskToRevokeAsync(name);
            await Assertions.Expect(rows.Dialog).ToContainTextAsync(name);
            await rows.DialogCancel.ClickAsync();
            (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);

            await rows.AskToRevokeAsync(name);
            await rows.ConfirmAsync();
        });

        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);
        (await client.RefreshAsync(tokens.RefreshToken!)).Error.ShouldNotBeNull();
    }

    [Fact]
    public async Task List_shows_a_connection_made_while_it_is_open()
    {
        await AsAdministratorAsync("live", "/admin/families", async page =>
        {
            using var client = await OAuthClient.RegisterAsync(_host, "Appears by itself");
            await ConnectAsync(client);
            await Assertions.Expect(new AdminList(page).RowWith("Appears by itself")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task Reused_refresh_token_is_marked_in_its_lineage()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Was stolen from");
        var first = await ConnectAsync(client);
        var second = await client.RefreshAsync(first.RefreshToken!);
        var third = await client.RefreshAsync(second.RefreshToken!);
        (await client.RefreshAsync(first.RefreshToken!)).Error.ShouldBe("invalid_grant");
        (await client.CallToolAsync(third.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);

        await AsAdministratorAsync("lineage", "/admin/families", async page =>
        {
            var families = new AdminList(page);
            await families.ExpandAsync("Was stolen from");
            await Assertions.Expect(page.GetByText("An old refresh token was used again")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task User_ends_a_connection_without_JavaScript()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Ended by its user");
        var tokens = await ConnectAsync(client);

        await chromium.WithPageAsync("own connections", Look.Ordinary with { JavaScript = false }, async page =>
        {
            await page.GotoAsync(_host.At("/account/connections").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Ended by its user" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
            await page.WaitForURLAsync(address => new Uri(address).AbsolutePath == "/account/connections");
        });

        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<TokenAnswer> ConnectAsync(OAuthClient client)
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        return await browser.ConnectAsync(client, "read:secret");
    }

    private Task AsAdministratorAsync(string name, string list, Func<IPage, Task> act) =>
        chromium.WithPageAsync(name, Look.Ordinary, async page =>
        {
            await page.GotoAsync(_host.At(list).AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            await page.WaitForURLAsync(_host.At(list).AbsoluteUri);
            await act(page);
        });
}
