using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Telemetry;

/// <summary>When a family was last seen. Lives in the telemetry file: may lose its last seconds.</summary>
internal sealed class FamilyActivity
{
    public required string FamilyId { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }
}

/// <summary>Refusals of one limit for one partition in one minute. Lives in the telemetry file: may lose its last seconds.</summary>
internal sealed class RateLimitHit
{
    /// <summary>Whole minutes since the Unix epoch.</summary>
    public required long Minute { get; init; }

    public required string Policy { get; init; }

    public required string Partition { get; init; }

    public required int Hits { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public string? LastUserAgent { get; init; }
}

/// <summary>Mapped for reading beside the durable tables, so that lists sort by it in the database; the telemetry file makes its own tables.</summary>
internal sealed class ActivityConfiguration : IEntityTypeConfiguration<FamilyActivity>, IEntityTypeConfiguration<RateLimitHit>
{
    public void Configure(EntityTypeBuilder<FamilyActivity> builder) =>
        builder.ToTable("FamilyActivity", table => table.ExcludeFromMigrations()).HasKey(activity => activity.FamilyId);

    public void Configure(EntityTypeBuilder<RateLimitHit> builder) =>
        builder.ToTable("RateLimitHits", table => table.ExcludeFromMigrations()).HasKey(hit => new { hit.Minute, hit.Policy, hit.Partition });
}
