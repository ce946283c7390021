using AuthCore.Storage;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Database.Sqlite;

/// <summary>SQLite as the provider: what it brings for each word of the storage seam.</summary>
internal static class SqliteServices
{
    /// <summary>The database, its write lane, its telemetry, and its start with the host.</summary>
    public static IServiceCollection AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<IDatabase>(provider => provider.GetRequiredService<SqliteDatabase>()).AddSingleton<IReadDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<SqliteWriteLane>().AddSingleton<IWriteLane>(provider => provider.GetRequiredService<SqliteWriteLane>());
        services.AddSingleton<TelemetryStore>().AddSingleton<IActivityLog>(provider => provider.GetRequiredService<TelemetryStore>());
        services.AddSingleton<SqliteStorage>().AddHostedService(provider => provider.GetRequiredService<SqliteStorage>()).AddSingleton<IOfflineStorage, SqliteOfflineStorage>();
        return services.AddDbContext<SqliteAuthDbContext>((provider, builder) => provider.GetRequiredService<SqliteDatabase>().UseForIdentity(builder));
    }

    /// <summary>Identity's tables are in the same database.</summary>
    public static IdentityBuilder AddSqliteStores(this IdentityBuilder identity) => identity.AddEntityFrameworkStores<SqliteAuthDbContext>();
}
