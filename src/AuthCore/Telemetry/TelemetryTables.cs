using Microsoft.EntityFrameworkCore;

namespace AuthCore.Telemetry;

/// <summary>The tables that may lose their last seconds.</summary>
internal static class TelemetryTables
{
    public static DbSet<FamilyActivity> FamilyActivity(this DbContext db) => db.Set<FamilyActivity>();

    public static DbSet<RateLimitHit> RateLimitHits(this DbContext db) => db.Set<RateLimitHit>();
}
