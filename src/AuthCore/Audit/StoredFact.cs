using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Audit;

/// <summary>
/// A fact as it is kept: a line of the audit trail, and an entry for readers that follow it (<see cref="FactReader"/>). <see cref="Hash"/> covers what it says and the
/// hash of the line before of the same writer.
/// </summary>
internal sealed class StoredFact
{
    /// <summary>Its place among all, ascending; the order in which they were committed.</summary>
    public required long Sequence { get; init; }

    /// <summary>Whose chain it is in: one for each host that writes here. Empty for lines from before chains were keyed.</summary>
    public required string Writer { get; init; }

    /// <summary>Its place in that chain, from 1 without gaps.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Its kind, <c>noun.verb</c>.</summary>
    public required string Name { get; init; }

    public required string Actor { get; init; }

    public required string Subject { get; init; }

    /// <summary>The fact as JSON; null for lines from before facts.</summary>
    public string? Data { get; init; }

    /// <summary>The words of a line from before facts; null for all others, whose words are made when they are shown.</summary>
    public string? Detail { get; init; }

    public string? Address { get; init; }

    public string? CorrelationId { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>How far somebody who follows the facts has come.</summary>
internal sealed class FactCursor
{
    /// <summary>The follower's name.</summary>
    public required string Reader { get; init; }

    /// <summary>The sequence of the last fact that it has dealt with.</summary>
    public required long Position { get; set; }

    public required DateTimeOffset MovedAt { get; set; }
}

internal sealed class StoredFactConfiguration : IEntityTypeConfiguration<StoredFact>, IEntityTypeConfiguration<FactCursor>
{
    public void Configure(EntityTypeBuilder<StoredFact> builder)
    {
        builder.ToTable("Facts").HasKey(fact => fact.Sequence);
        builder.Property(fact => fact.Sequence).ValueGeneratedNever();
        builder.Property(fact => fact.Writer).HasDefaultValue("");
        builder.HasIndex(fact => new { fact.Writer, fact.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<FactCursor> builder) => builder.ToTable("FactCursors").HasKey(cursor => cursor.Reader);
}

internal static class AuditTables
{
    public static DbSet<StoredFact> Facts(this DbContext db) => db.Set<StoredFact>();

    public static DbSet<FactCursor> FactCursors(this DbContext db) => db.Set<FactCursor>();
}
