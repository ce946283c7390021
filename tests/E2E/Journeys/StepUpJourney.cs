using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>A client that starts small and asks for more when a tool needs more.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class StepUpJourney(Chromium chromium)
{
    [Fact]
    public async Task Client_asks_for_one_more_scope_and_keeps_the_first()
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = new McpClient(McpClientKind.ClientV2, "Modest client", host.McpEndpoint);
        await client.ConnectAsync();

        await chromium.WithPageAsync("step-up", Look.Ordinary, async user =>
        {
            await user.GotoAsync((await client.AuthorizeAsync("read:secret"))!.AbsoluteUri);
            await new LoginPage(user).SignInAsync(Person.Administrator);
            await user.AllowAsync(client);
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();
            await client.ExchangesAsync();

            var more = await client.CallToolNeedingTheUserAsync("list_slots");
            var refusal = (await client.ExchangesAsync()).First(exchange => exchange.Url.AbsolutePath == "/mcp");
            refusal.Status.ShouldBe(403);
            refusal.Challenge.ShouldNotBeNull().ShouldContain("insufficient_scope");

            await user.GotoAsync(more.AbsoluteUri);
            await user.AllowAsync(client);
            (await client.CallToolAsync("list_slots")).IsError.ShouldBeFalse();
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();
        });
    }
}
