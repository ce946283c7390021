using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Samples;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Storage;

/// <summary>This endpoint's own tables, in the authorization server's database.</summary>
internal sealed class McpDbContext(DbContextOptions<McpDbContext> options) : DbContext(options)
{
    /// <summary>Where EF Core records this context's migrations.</summary>
    public const string MigrationsHistory = "__McpMigrationsHistory";

    public DbSet<PendingAction> PendingActions => Set<PendingAction>();

    public DbSet<Slot> Slots => Set<Slot>();

    public DbSet<Booking> Bookings => Set<Booking>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(McpDbContext).Assembly);
}
