using System.Net;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Grants;

/// <summary>A refresh cannot bring a scope; the one that follows a refused call says so.</summary>
public sealed class StepUpRefreshTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly RunningHost _host = shared.Host;

    [Fact]
    public async Task Refresh_after_a_refused_call_is_sent_to_the_user_once_and_then_served()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Refreshes after 403");
        using var other = await OAuthClient.RegisterAsync(_host, "Another client");
        var tokens = await ConnectAsync(client);
        (await client.CallToolAsync(tokens.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.Forbidden);

        (await other.RefreshAsync(tokens.RefreshToken!)).Error.ShouldBe("invalid_grant");
        var sent = await client.RefreshAsync(tokens.RefreshToken!);
        (sent.Status, sent.Error, sent.AccessToken).ShouldBe((HttpStatusCode.BadRequest, "interaction_required", null));
        (await client.CallToolAsync(tokens.AccessToken!, "get_secret")).ShouldBe(HttpStatusCode.OK, "nothing was taken away");

        var served = await client.RefreshAsync(tokens.RefreshToken!);
        served.Status.ShouldBe(HttpStatusCode.OK);
        (await client.RefreshAsync(served.RefreshToken!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Client_that_asks_its_user_at_once_never_meets_it()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Steps up properly");
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var small = await browser.ConnectAsync(client, "read:secret");
        (await client.CallToolAsync(small.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.Forbidden);

        var more = await browser.ConnectAsync(client, "account:read read:secret");

        (await client.CallToolAsync(more.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.OK);
        (await client.RefreshAsync(more.RefreshToken!)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<TokenAnswer> ConnectAsync(OAuthClient client)
    {
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        return await browser.ConnectAsync(client, "read:secret");
    }
}
