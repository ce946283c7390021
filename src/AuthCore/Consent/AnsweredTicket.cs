using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Consent;

/// <summary>A consent ticket that has been answered: its primary key is what lets only one answer through. Kept until the ticket would have expired.</summary>
internal sealed class AnsweredTicket
{
    public required string TicketId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class AnsweredTicketConfiguration : IEntityTypeConfiguration<AnsweredTicket>
{
    public void Configure(EntityTypeBuilder<AnsweredTicket> builder)
    {
        builder.ToTable("AnsweredTickets").HasKey(ticket => ticket.TicketId);
        builder.HasIndex(ticket => ticket.ExpiresAt);
    }
}

internal static class ConsentTables
{
    /// <summary>How long an answered ticket is known, so that a clock that ran ahead for a while does not let it be answered again.</summary>
    private static readonly TimeSpan TicketMemory = TimeSpan.FromDays(1);

    public static DbSet<AnsweredTicket> AnsweredTickets(this DbContext db) => db.Set<AnsweredTicket>();

    public static ICleanup Stale(IServiceProvider services) => StaleRows.Of(services, "AnsweredTickets", (db, now) =>
    {
        var before = now - TicketMemory;
        return db.AnsweredTickets().Where(ticket => ticket.ExpiresAt < before).OrderBy(ticket => ticket.ExpiresAt);
    });
}
