using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Samples;

/// <summary>Reads what can be booked.</summary>
internal static class ListSlots
{
    private const int Most = 50;

    public static readonly ToolDefinition Definition = new(
        "list_slots", ToolAccess.Scopes(SampleScopes.AccountRead), ToolRisk.Read,
        "Lists the coming appointments, the earliest first, each with its id, start (UTC), title and whether it is taken. Use an id with book_slot.")
    {
        Title = "List appointments",
    };

    public static async Task<Answer> AnswerAsync(McpDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.OpenForReading();
        var bookings = db.Bookings;
        return new Answer(await db.Slots
            .Where(slot => slot.StartsAt > now)
            .OrderBy(slot => slot.StartsAt)
            .Take(Most)
            .Select(slot => new Line(slot.Id, slot.StartsAt, slot.Title, bookings.Any(booking => booking.SlotId == slot.Id)))
            .ToListAsync(cancellationToken));
    }

    internal sealed record Answer(IReadOnlyList<Line> Slots);

    internal sealed record Line(string Id, DateTimeOffset StartsAt, string Title, bool Booked);
}
