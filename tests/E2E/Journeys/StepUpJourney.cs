using System.Text.Json;
using System.Text.Json.Nodes;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Http;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>A client that starts small and asks for more when a tool needs more; in the end it is one connection.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class StepUpJourney(Chromium chromium)
{
    [Theory]
    [InlineData(McpClientKind.SdkV1)]
    [InlineData(McpClientKind.ClientV2)]
    public async Task Client_asks_for_one_more_scope_at_a_time_and_keeps_those_before(McpClientKind kind)
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = new McpClient(kind, $"Modest {kind}", host.McpEndpoint);
        await client.ConnectAsync();

        await chromium.WithPageAsync($"step-up {kind}", Look.Ordinary, async user =>
        {
            var first = await client.CallToolNeedingTheUserAsync("get_secret");
            await AllowsAsync(user, client, first, "read:secret", signIn: true);
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();

            var second = await IsRefusedAsync(client, "list_slots", []);
            await AllowsAsync(user, client, second, "account:read read:secret");
            var slots = (await client.CallToolAsync("list_slots")).Structured.GetProperty("slots");

            var booking = new JsonObject { ["slotId"] = FirstFree(slots) };
            var third = await IsRefusedAsync(client, "book_slot", booking);
            await AllowsAsync(user, client, third, "account:read read:secret write");
            var preview = await client.CallToolAsync("book_slot", (JsonObject)booking.DeepClone());
            var done = await client.CallToolAsync("confirm_request", new JsonObject { ["confirmationToken"] = preview["confirmationToken"] });
            done["status"].ShouldBe("done");
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();

            await user.GotoAsync(host.At("/account/connections").AbsoluteUri);
            await Assertions.Expect(user.GetByRole(AriaRole.Heading, new() { Name = client.Name })).ToHaveCountAsync(1);
        });
    }

    /// <summary>The call is refused for its scope, and the client sends its user for more although it holds a refresh token.</summary>
    private static async Task<Uri> IsRefusedAsync(McpClient client, string tool, JsonObject arguments)
    {
        (await client.CredentialsAsync()).RefreshToken.ShouldNotBeNull();
        await client.ExchangesAsync();
        var address = await client.CallToolNeedingTheUserAsync(tool, (JsonObject)arguments.DeepClone());
        var refusal = (await client.ExchangesAsync()).First(exchange => exchange.Url.AbsolutePath == "/mcp");
        refusal.Status.ShouldBe(403);
        refusal.Challenge.ShouldNotBeNull().ShouldContain("insufficient_scope");
        (await client.CredentialsAsync()).AccessToken.ShouldNotBeNull("what it has it keeps meanwhile");
        return address;
    }

    private static async Task AllowsAsync(IPage user, McpClient client, Uri address, string asked, bool signIn = false)
    {
        Query.Of(address)["scope"].Split(' ').Where(scope => scope != "offline_access").Order().ShouldBe(asked.Split(' '));
        await user.GotoAsync(address.AbsoluteUri);
        if (signIn)
        {
            await new LoginPage(user).SignInAsync(Person.Administrator);
        }

        await user.AllowAsync(client);
    }

    private static string FirstFree(JsonElement slots) =>
        slots.EnumerateArray().First(slot => !slot.GetProperty("booked").GetBoolean()).GetProperty("id").GetString()!;
}
