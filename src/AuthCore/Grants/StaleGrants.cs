using AuthCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>What of grants is purged, and when.</summary>
internal static class StaleGrants
{
    /// <summary>How long a redeemed code is known for what it was, so that its replay still revokes the family.</summary>
    private static readonly TimeSpan CodeMemory = TimeSpan.FromDays(1);

    public static ICleanup Codes(IServiceProvider services) => StaleRows.Of(services, "Codes", (db, now) =>
    {
        var before = now - CodeMemory;
        return db.Codes().Where(code => code.ExpiresAt < before).OrderBy(code => code.ExpiresAt);
    });

    public static ICleanup Families(IServiceProvider services)
    {
        var retention = services.GetRequiredService<IOptions<TokenOptions>>().Value.LineageRetention;
        return StaleRows.Of(services, "TokenFamilies", (db, now) =>
        {
            var before = now - retention;
            return db.Families().Where(family => family.ExpiresAt < before || family.RevokedAt < before).OrderBy(family => family.FamilyId);
        });
    }
}
