using McpEndpoint.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Samples;

public sealed class BookSlotTests : IAsyncLifetime
{
    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_confirmed_booking_is_there_once_and_shown()
    {
        var slot = await FirstSlotAsync();
        var preview = await PreviewAsync(slot);

        var first = await _host.ConfirmAsync((string)preview.Structured!["confirmationToken"]!);
        var second = await _host.ConfirmAsync((string)preview.Structured["confirmationToken"]!);

        ((string?)first.Structured!["result"]!["slotId"]).ShouldBe(slot);
        second.Raw.ShouldBe(first.Raw);
        await using var db = _host.OpenDatabase();
        (await db.Bookings.SingleAsync()).UserId.ShouldBe("user-1");
        var listed = await _host.CallAsync("list_slots", token: _host.Tokens.Issue("account:read"));
        listed.Structured!["slots"]!.AsArray().Count(line => (bool)line!["booked"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Of_two_previews_of_one_slot_one_is_booked_and_the_other_explained()
    {
        var slot = await FirstSlotAsync();
        var one = (string)(await PreviewAsync(slot)).Structured!["confirmationToken"]!;
        var two = (string)(await PreviewAsync(slot)).Structured!["confirmationToken"]!;

        var replies = await Task.WhenAll(_host.ConfirmAsync(one), _host.ConfirmAsync(two));

        replies.Count(reply => reply.IsToolError).ShouldBe(1);
        replies.Single(reply => reply.IsToolError).Text.ShouldNotBeNull().ShouldContain("taken");
        await using var db = _host.OpenDatabase();
        (await db.Bookings.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_slot_that_is_not_there_cannot_be_previewed() => (await PreviewAsync("nowhere'; DROP TABLE McpSlots; --")).IsToolError.ShouldBeTrue();

    [Fact]
    public async Task Slots_are_the_same_however_often_the_host_starts()
    {
        var before = await _host.CallAsync("list_slots", token: _host.Tokens.Issue("account:read"));

        (await _host.Services.GetRequiredService<SlotSeeds>().PlantAsync(CancellationToken.None)).ShouldBe(0);

        (await _host.CallAsync("list_slots", token: _host.Tokens.Issue("account:read"))).Raw.ShouldBe(before.Raw);
    }

    private async Task<string> FirstSlotAsync() =>
        (string)(await _host.CallAsync("list_slots", token: _host.Tokens.Issue("account:read"))).Structured!["slots"]![0]!["id"]!;

    private Task<McpReply> PreviewAsync(string slot) => _host.CallAsync("book_slot", new() { ["slotId"] = slot }, _host.Tokens.Issue("write"));
}
