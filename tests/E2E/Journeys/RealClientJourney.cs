using System.Text.Json;
using System.Text.Json.Nodes;
using McpAuthConsole.E2ETests.Browser;
using McpAuthConsole.E2ETests.Clients;
using McpAuthConsole.E2ETests.Host;
using Microsoft.Playwright;

namespace McpAuthConsole.E2ETests.Journeys;

/// <summary>The whole way, with a published client in one hand and a browser in the other.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class RealClientJourney(Chromium chromium)
{
    private const string Everything = "read:secret account:read write";

    [Theory]
    [InlineData(McpClientKind.SdkV1, "2025-11-25")]
    [InlineData(McpClientKind.ClientV2, "2026-07-28")]
    public async Task Client_is_connected_used_revoked_and_connected_again(McpClientKind kind, string revision)
    {
        await using var host = await RunningHost.StartAsync();
        await using var client = new McpClient(kind, $"Travel planner {kind}", host.McpEndpoint);

        (await client.ConnectAsync()).ShouldBe(revision);
        await IsAskedToRegisterAndAuthorizeAsync(client);

        await chromium.WithPageAsync($"user of {kind}", Look.Ordinary, async user =>
        {
            var address = await client.AuthorizeAsync(Everything);
            await user.GotoAsync(address!.AbsoluteUri);
            await new LoginPage(user).SignInAsync(Person.Administrator);
            await user.AllowAsync(client);
            var registered = (await client.CredentialsAsync()).ClientId;

            (await client.ListToolsAsync()).ShouldBe(
                ["about", "whoami", "get_secret", "revoke_auth_token", "list_slots", "book_slot", "confirm_request"], ignoreOrder: true);
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();
            await BooksOnceAsync(client);
            await RefreshesByItselfAsync(client);

            await chromium.WithPageAsync($"operator against {kind}", Look.Ordinary, operatorPage => RevokeInTheConsoleAsync(operatorPage, host, client.Name));

            var again = await IsRefusedAsync(client);
            await user.GotoAsync(again.AbsoluteUri);
            await user.AllowAsync(client);
            (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();
            (await client.CredentialsAsync()).ClientId.ShouldBe(registered);
        });
    }

    private static async Task IsAskedToRegisterAndAuthorizeAsync(McpClient client)
    {
        await client.CallToolNeedingTheUserAsync("get_secret");

        var exchanges = await client.ExchangesAsync();
        var refusal = exchanges.First(exchange => exchange is { Method: "POST", Status: 401, Url.AbsolutePath: "/mcp" });
        refusal.Challenge.ShouldNotBeNull().ShouldContain("resource_metadata=");
        refusal.Challenge.ShouldContain("read:secret");
        exchanges.ShouldContain(exchange => exchange.Method == "POST" && exchange.Url.AbsolutePath == "/register" && exchange.Status == 201);
    }

    private static async Task BooksOnceAsync(McpClient client)
    {
        var slots = await SlotsAsync(client);
        var free = slots.First(slot => !slot.GetProperty("booked").GetBoolean()).GetProperty("id").GetString();
        var bookedBefore = Booked(slots);

        var preview = await client.CallToolAsync("book_slot", new JsonObject { ["slotId"] = free });
        preview["status"].ShouldBe("preview");
        preview["summary"].ShouldNotBeNullOrWhiteSpace();
        Booked(await SlotsAsync(client)).ShouldBe(bookedBefore);

        var confirmation = new JsonObject { ["confirmationToken"] = preview["confirmationToken"] };
        var done = await client.CallToolAsync("confirm_request", (JsonObject)confirmation.DeepClone());
        var replayed = await client.CallToolAsync("confirm_request", confirmation);
        done["status"].ShouldBe("done");
        done.Structured.GetProperty("result").GetProperty("slotId").GetString().ShouldBe(free);
        replayed.Structured.GetRawText().ShouldBe(done.Structured.GetRawText());
        Booked(await SlotsAsync(client)).ShouldBe(bookedBefore + 1);
    }

    private static async Task RefreshesByItselfAsync(McpClient client)
    {
        var before = await client.CredentialsAsync();
        await client.BreakAccessTokenAsync();
        await client.ExchangesAsync();

        (await client.CallToolAsync("get_secret")).IsError.ShouldBeFalse();

        var steps = (await client.ExchangesAsync()).Where(exchange => exchange.Method == "POST").Select(exchange => (exchange.Url.AbsolutePath, exchange.Status));
        steps.ShouldBe([("/mcp", 401), ("/token", 200), ("/mcp", 200)]);
        var after = await client.CredentialsAsync();
        after.RefreshToken.ShouldNotBe(before.RefreshToken);
        after.AccessToken.ShouldNotBe(before.AccessToken);
    }

    private static async Task RevokeInTheConsoleAsync(IPage page, RunningHost host, string clientName)
    {
        await page.GotoAsync(host.At("/admin/families").AbsoluteUri);
        await new LoginPage(page).SignInAsync(Person.Administrator);
        var families = new AdminList(page);
        await families.OpenAsync(host.At("/admin/families"));
        await families.AskToRevokeAsync(clientName);
        await Assertions.Expect(families.Dialog).ToContainTextAsync(clientName);
        await families.ConfirmAsync();
    }

    /// <summary>The next request is refused, and so is the refresh; what remains is asking the user again.</summary>
    private static async Task<Uri> IsRefusedAsync(McpClient client)
    {
        await client.ExchangesAsync();
        var address = await client.CallToolNeedingTheUserAsync("get_secret");

        var steps = (await client.ExchangesAsync()).Where(exchange => exchange.Method == "POST").Select(exchange => (exchange.Url.AbsolutePath, exchange.Status));
        steps.ShouldBe([("/mcp", 401), ("/token", 400)]);
        return address;
    }

    private static async Task<List<JsonElement>> SlotsAsync(McpClient client) =>
        [.. (await client.CallToolAsync("list_slots")).Structured.GetProperty("slots").EnumerateArray()];

    private static int Booked(List<JsonElement> slots) => slots.Count(slot => slot.GetProperty("booked").GetBoolean());
}
