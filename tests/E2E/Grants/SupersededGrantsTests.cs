using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Grants;

/// <summary>A person who signs in again from the same installation keeps one connection.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SupersededGrantsTests(Chromium chromium, SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Newer_sign_in_replaces_the_older_as_soon_as_its_tokens_are_used(bool byCall)
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, $"Signs in again {byCall}");
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var older = await browser.ConnectAsync(client, "read:secret");
        (await client.CallToolAsync(older.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
        await browser.ConnectAsync(client, "read:secret"); // Its answer was lost: nobody ever uses these tokens.
        var newer = await browser.ConnectAsync(client, "read:secret account:read");

        older = await client.RefreshAsync(older.RefreshToken!);
        older.Status.ShouldBe(HttpStatusCode.OK, "until the newer one is used, the older one works");
        if (byCall)
        {
            (await client.CallToolAsync(newer.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.OK);
        }
        else
        {
            newer = await client.RefreshAsync(newer.RefreshToken!);
        }

        (await client.RefreshAsync(older.RefreshToken!)).Error.ShouldBe("invalid_grant");
        (await client.CallToolAsync(older.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);
        (await client.CallToolAsync(newer.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK);
        (await client.RefreshAsync(newer.RefreshToken!)).Status.ShouldBe(HttpStatusCode.OK);
        (await browser.OpenAsync(_host.At("/account/connections"))).Html.Split($"aria-label=\"Revoke {client.Name}\"").Length.ShouldBe(2, "one connection is listed");
    }

    [Fact]
    public async Task Console_says_why_the_older_connection_is_over_and_raises_no_alarm()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Explained");
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        await browser.ConnectAsync(client, "read:secret");
        await client.RefreshAsync((await browser.ConnectAsync(client, "read:secret")).RefreshToken!);

        await chromium.WithPageAsync("superseded", Look.Ordinary, async page =>
        {
            await page.GotoAsync(_host.At("/admin/families").AbsoluteUri);
            await new LoginPage(page).SignInAsync(Person.Administrator);
            var families = new AdminList(page);
            await families.OpenAsync(_host.At("/admin/families?q=Explained"));
            await Assertions.Expect(families.RowWith("revoked")).ToHaveCountAsync(1);
            await Assertions.Expect(families.RowWith("revoked")).ToContainTextAsync("replaced by a newer sign-in");
            await Assertions.Expect(families.RowWith("revoked")).Not.ToContainTextAsync("twice");
        });
    }

    [Fact]
    public async Task Connections_that_were_revoked_while_the_clock_was_wrong_stay_so_over_a_restart()
    {
        using var browser = new FormBrowser(_host.Origin);
        using var client = await OAuthClient.RegisterAsync(_host, "Out of time");
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var tokens = await browser.ConnectAsync(client, "read:secret");
        await client.RevokeAsync(tokens.RefreshToken!);
        await _host.StopAsync();
        await DatabaseEdit.ExecuteAsync(_host, $"UPDATE TokenFamilies SET RevokedAt = RevokedAt - 86400000 WHERE ClientId = '{client.Id}'");
        await _host.RestartAsync();

        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
