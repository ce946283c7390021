using System.ComponentModel;
using System.Globalization;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Samples;

/// <summary>A two-phase tool whose action is a row in this database.</summary>
internal sealed class BookSlot(McpDatabase database) : TransactionalTool<BookSlot.Input>
{
    public override ToolDefinition Definition { get; } = new(
        "book_slot", ToolAccess.Scopes(SampleScopes.Write), ToolRisk.Destructive,
        "Books one appointment for the signed-in user. Take the id from list_slots.")
    {
        Title = "Book an appointment",
    };

    protected override async Task<Preview> PrepareAsync(Input input, AccessGrant grant, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForReading();
        if (await db.Slots.FirstOrDefaultAsync(slot => slot.Id == input.SlotId, cancellationToken) is not { } slot)
        {
            return new Preview.Refused("There is no such appointment. Take an id from list_slots.");
        }

        return await db.Bookings.AnyAsync(booking => booking.SlotId == slot.Id, cancellationToken)
            ? new Preview.Refused(Taken)
            : new Preview.Ready($"Book \"{slot.Title}\" on {When(slot)}.");
    }

    protected override async Task<ExecutionResult> ExecuteAsync(Input input, AccessGrant grant, WriteUnit unit)
    {
        await using var db = database.Join(unit);
        if (await db.Slots.FirstOrDefaultAsync(slot => slot.Id == input.SlotId) is not { } slot || await db.Bookings.AnyAsync(booking => booking.SlotId == slot.Id))
        {
            return new ExecutionResult.Refused(Taken);
        }

        db.Bookings.Add(new Booking { SlotId = slot.Id, UserId = grant.UserId, ClientId = grant.ClientId, BookedAt = unit.Now });
        await db.SaveChangesAsync();
        return new ExecutionResult.Done(new { slotId = slot.Id, slot.StartsAt, slot.Title, bookedAt = unit.Now });
    }

    private const string Taken = "This appointment is taken. Choose another from list_slots.";

    private static string When(Slot slot) => slot.StartsAt.ToString("dddd, d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <param name="SlotId">Which appointment.</param>
    internal sealed record Input([property: Description("The id of the appointment, from list_slots.")] string SlotId);
}
