using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Storage;

/// <summary>This endpoint's own tables, in the authorization server's database. Each feature says itself which tables it has.</summary>
internal sealed class McpDbContext(DbContextOptions<McpDbContext> options) : DbContext(options)
{
    /// <summary>Where EF Core records this context's migrations.</summary>
    public const string MigrationsHistory = "__McpMigrationsHistory";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(McpDbContext).Assembly);
}
