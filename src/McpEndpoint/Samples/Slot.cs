using McpEndpoint.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpEndpoint.Samples;

/// <summary>An appointment that can be booked. Lifetime: until a month after it took place.</summary>
internal sealed class Slot
{
    /// <summary>When it starts, as <c>yyyyMMdd-HHmm</c> in UTC: known before it is stored.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    public required string Title { get; init; }
}

internal sealed class SlotConfiguration : IEntityTypeConfiguration<Slot>
{
    public void Configure(EntityTypeBuilder<Slot> builder)
    {
        builder.ToTable("McpSlots");
        builder.Property(slot => slot.Id).HasMaxLength(32);
        builder.Property(slot => slot.Title).HasMaxLength(100);
        builder.HasIndex(slot => slot.StartsAt);
    }
}

internal static class SlotTable
{
    extension(McpDbContext db)
    {
        public DbSet<Slot> Slots => db.Set<Slot>();
    }
}
