using System.Net;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>The host is killed without warning while clients refresh, and started again on what it left.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class CrashJourney(Chromium chromium)
{
    private const int RefreshesBeforeTheCrash = 10;

    [Fact]
    public async Task Every_client_goes_on_and_nothing_revoked_is_alive()
    {
        await using var host = await RunningHost.StartAsync(HostOptions.WithoutRateLimits);
        using var browser = new FormBrowser(host.Origin);
        await browser.SignInAsync(host.At("/account/connections"), Person.Administrator);
        await using var first = await ConnectedAsync(host, McpClientKind.SdkV1);
        await using var second = await ConnectedAsync(host, McpClientKind.ClientV2);
        var plain = await PlainClientsAsync(host, browser, 4, "Goes on");
        var doomed = await PlainClientsAsync(host, browser, 4, "Is revoked");
        McpClient[] real = [first, second];

        List<Task> refreshing =
        [
            .. real.Select(client => UntilTheCrashAsync(client)),
            .. plain.Select(client => client.UntilTheCrashAsync()),
        ];
        await Task.WhenAll(plain.Select(client => client.HasRefreshedAsync(RefreshesBeforeTheCrash)));
        await Task.WhenAll(doomed.Select(client => client.RevokeAsync()));
        await host.KillAsync();
        await Task.WhenAll(refreshing);
        await host.RestartAsync();

        foreach (var client in plain)
        {
            (await client.GoesOnAsync()).ShouldBe(HttpStatusCode.OK);
        }

        foreach (var client in doomed)
        {
            (await client.RefreshAsync()).Error.ShouldBe("invalid_grant");
            (await client.CallAsync()).ShouldBe(HttpStatusCode.Unauthorized);
        }

        foreach (var client in real)
        {
            (await client.AuthorizeAsync()).ShouldBeNull($"{client.Name} had to ask its user again");
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();
        }

        foreach (var client in plain.Concat(doomed))
        {
            client.Dispose();
        }
    }

    private async Task<McpClient> ConnectedAsync(RunningHost host, McpClientKind kind)
    {
        var client = new McpClient(kind, $"Survivor {kind}", host.McpEndpoint);
        await client.ConnectAsync();
        await chromium.WithPageAsync($"survivor {kind}", Look.Ordinary, async user =>
        {
            await user.GotoAsync((await client.AuthorizeAsync("read:secret"))!.AbsoluteUri);
            await new LoginPage(user).SignInAsync(Person.Administrator);
            await user.AllowAsync(client);
        });
        return client;
    }

    private static async Task<List<RefreshingClient>> PlainClientsAsync(RunningHost host, FormBrowser browser, int count, string name)
    {
        var clients = new List<RefreshingClient>();
        for (var number = 1; number <= count; number++)
        {
            var client = await OAuthClient.RegisterAsync(host, $"{name} {number}");
            clients.Add(new RefreshingClient(client, await browser.ConnectAsync(client, "read:secret")));
        }

        return clients;
    }

    /// <summary>Refreshes through the SDK until the host does not answer any more.</summary>
    private static async Task UntilTheCrashAsync(McpClient client)
    {
        try
        {
            while (await client.AuthorizeAsync() is null)
            {
                // The SDK has stored the tokens of this refresh; on to the next.
            }
        }
        catch (McpClientException)
        {
            // The connection broke under the SDK.
        }
    }
}
