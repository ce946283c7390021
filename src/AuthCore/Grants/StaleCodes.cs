using AuthCore.Storage;

namespace AuthCore.Grants;

/// <summary>When a code is purged.</summary>
internal static class StaleCodes
{
    /// <summary>How long a redeemed code is known for what it was, so that its replay still revokes the family.</summary>
    private static readonly TimeSpan CodeMemory = TimeSpan.FromDays(1);

    public static ICleanup Of(IServiceProvider services) => StaleRows.Of(services, "Codes", (db, now) =>
    {
        var before = now - CodeMemory;
        return db.Codes().Where(code => code.ExpiresAt < before).OrderBy(code => code.ExpiresAt);
    });
}
