using McpEndpoint.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpEndpoint.Samples;

/// <summary>Who has a slot. The slot is the key: there is no second booking of it, whatever else goes wrong.</summary>
internal sealed class Booking
{
    public required string SlotId { get; init; }

    public required string UserId { get; init; }

    public required string ClientId { get; init; }

    public required DateTimeOffset BookedAt { get; init; }
}

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("McpBookings");
        builder.HasKey(booking => booking.SlotId);
        builder.Property(booking => booking.SlotId).HasMaxLength(32);
        builder.HasOne<Slot>().WithOne().HasForeignKey<Booking>(booking => booking.SlotId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class BookingTable
{
    extension(McpDbContext db)
    {
        public DbSet<Booking> Bookings => db.Set<Booking>();
    }
}
