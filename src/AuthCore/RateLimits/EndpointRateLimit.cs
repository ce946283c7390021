using System.Threading.RateLimiting;
using AuthCore.Http;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace AuthCore.RateLimits;

/// <summary>One limit: whom it counts, how much they may do, and how a refusal is said where it guards.</summary>
internal sealed class EndpointRateLimit(
    string policy, Func<HttpContext, string> whom, Func<RateLimiter>? makeLimiter, RefusalShape shape, LiftedPartitions lifted, IActivityLog activity)
    : IRateLimiterPolicy<LimitedPartition>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => async (rejected, _) =>
    {
        activity.Refused(policy, whom(rejected.HttpContext), RequestAgent.Of(rejected.HttpContext));
        await RateLimitRefusal.WriteAsync(rejected.HttpContext, shape, AllowanceBucket.RetryAfterSeconds(rejected.Lease));
    };

    public RateLimitPartition<LimitedPartition> GetPartition(HttpContext httpContext)
    {
        if (makeLimiter is null)
        {
            return RateLimitPartition.GetNoLimiter(default(LimitedPartition));
        }

        return RateLimitPartition.Get(lifted.Current(policy, whom(httpContext)), _ => makeLimiter());
    }
}
