using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Audit;

/// <summary>One line of the audit trail; <see cref="Hash"/> covers every other column and the hash of the line before.</summary>
internal sealed class AuditLine
{
    /// <summary>From 1, without gaps.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Action { get; init; }

    public required string Actor { get; init; }

    public required string Subject { get; init; }

    public string? Detail { get; init; }

    public string? Address { get; init; }

    public string? CorrelationId { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class AuditLineConfiguration : IEntityTypeConfiguration<AuditLine>
{
    public void Configure(EntityTypeBuilder<AuditLine> builder)
    {
        builder.ToTable("AuditLines").HasKey(line => line.Sequence);
        builder.Property(line => line.Sequence).ValueGeneratedNever();
    }
}

internal static class AuditTables
{
    public static DbSet<AuditLine> AuditLines(this DbContext db) => db.Set<AuditLine>();
}
