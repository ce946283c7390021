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
