using System.Globalization;
using AuthCore.Storage;
using McpEndpoint.Storage;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Samples;

/// <summary>Sees to it that there is something to book: the same slots on each of the coming days, added at every start; old ones go.</summary>
internal sealed class SlotSeeds(McpDatabase database, IWriteLane lane)
{
    private const int Days = 5;
    private const int KeepDays = 30;

    private static readonly (int Hour, string Title)[] Daily =
    [
        (9, "Morning consultation"), (11, "Follow-up"), (14, "Afternoon consultation"), (16, "Short call"),
    ];

    public Task<int> PlantAsync(CancellationToken cancellationToken) =>
        lane.WriteAsync(
            async unit =>
            {
                await using var db = database.Join(unit);
                var today = new DateTimeOffset(unit.Now.UtcDateTime.Date, TimeSpan.Zero);
                var past = today.AddDays(-KeepDays);
                await db.Slots.Where(slot => slot.StartsAt < past).ExecuteDeleteAsync();

                var known = await db.Slots.Where(slot => slot.StartsAt >= today).Select(slot => slot.Id).ToListAsync();
                db.Slots.AddRange(ComingFrom(today).Where(slot => !known.Contains(slot.Id)));
                return await db.SaveChangesAsync();
            },
            cancellationToken);

    internal static IEnumerable<Slot> ComingFrom(DateTimeOffset today) =>
        from day in Enumerable.Range(1, Days)
        from entry in Daily
        let startsAt = today.AddDays(day).AddHours(entry.Hour)
        select new Slot { Id = startsAt.ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture), StartsAt = startsAt, Title = entry.Title };
}
