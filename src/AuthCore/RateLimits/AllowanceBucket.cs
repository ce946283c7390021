using System.Threading.RateLimiting;

namespace AuthCore.RateLimits;

/// <summary>Turns an allowance into the framework's token bucket.</summary>
internal static class AllowanceBucket
{
    // Ten refills a second at most: finer would only cost timer work.
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);

    public static TokenBucketRateLimiterOptions Options(RateLimitAllowance allowance, bool autoReplenishment = false)
    {
        var perPermit = allowance.Window / allowance.Permits;
        var permits = Math.Max(1, (int)Math.Ceiling(ShortestPeriod / perPermit));
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = allowance.Permits,
            TokensPerPeriod = Math.Min(permits, allowance.Permits),
            ReplenishmentPeriod = perPermit * permits,
            QueueLimit = 0,
            AutoReplenishment = autoReplenishment,
        };
    }

    /// <summary>Whole seconds until a retry makes sense, at least one.</summary>
    public static int RetryAfterSeconds(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) : 1;
}
