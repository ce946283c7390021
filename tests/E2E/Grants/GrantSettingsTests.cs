using System.Net;
using System.Text.Json.Nodes;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Grants;

/// <summary>The other way of each setting: everything is asked for at once, nothing is sent to the user, and older grants stay.</summary>
public sealed class GrantSettingsTests : IAsyncLifetime
{
    private static readonly HostOptions TheOtherWay = HostOptions.Default with
    {
        Settings = new Dictionary<string, string>
        {
            ["RateLimits__Enabled"] = "false",
            ["Mcp__ChallengeAllScopes"] = "true",
            ["Tokens__StepUpWindow"] = "00:00:00",
            ["Tokens__SupersedeOlderGrants"] = "false",
        },
    };

    private RunningHost _host = null!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(TheOtherWay);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Client_that_never_steps_up_gets_everything_with_one_sign_in()
    {
        await using var client = new McpClient(McpClientKind.SdkV1, "Asks once", _host.McpEndpoint);
        await client.ConnectAsync();
        var address = await client.CallToolNeedingTheUserAsync("get_secret");
        Query.Of(address)["scope"].Split(' ').ShouldBe(["account:read", "read:secret", "write"], ignoreOrder: true);

        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var sentBack = await browser.SubmitAsync(await browser.OpenAsync(address), [new("decision", "allow")]);
        using var http = new HttpClient();
        await http.GetStringAsync(sentBack.LeadsTo);
        await client.FinishAuthorizationAsync();

        (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();
        var slot = (await client.CallToolAsync("list_slots")).Structured.GetProperty("slots")[0].GetProperty("id").GetString();
        (await client.CallToolAsync("book_slot", new JsonObject { ["slotId"] = slot }))["status"].ShouldBe("preview");
    }

    [Fact]
    public async Task Refreshes_are_served_after_a_refused_call_and_older_connections_stay()
    {
        using var client = await OAuthClient.RegisterAsync(_host, "Has two");
        using var browser = new FormBrowser(_host.Origin);
        await browser.SignInAsync(_host.At("/account/connections"), Person.Administrator);
        var older = await browser.ConnectAsync(client, "read:secret");
        var newer = await browser.ConnectAsync(client, "read:secret");

        (await client.CallToolAsync(newer.AccessToken!, "list_slots")).ShouldBe(HttpStatusCode.Forbidden);
        (await client.RefreshAsync(newer.RefreshToken!)).Status.ShouldBe(HttpStatusCode.OK);
        (await client.RefreshAsync(older.RefreshToken!)).Status.ShouldBe(HttpStatusCode.OK);
    }
}
