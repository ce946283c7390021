using System.Threading.RateLimiting;

namespace AuthCore.RateLimits;

/// <summary>
/// One partition's own bucket, and behind it the budget that everybody shares. Asked in this order, so that a partition which has spent its
/// own takes nothing from the others.
/// </summary>
internal sealed class HostBudgetLimiter(RateLimitAllowance allowance, RateLimiter budget) : ReplenishingRateLimiter
{
    private readonly TokenBucketRateLimiter _own = new(AllowanceBucket.Options(allowance));

    public override TimeSpan? IdleDuration => _own.IdleDuration;

    public override bool IsAutoReplenishing => _own.IsAutoReplenishing;

    public override TimeSpan ReplenishmentPeriod => _own.ReplenishmentPeriod;

    public override bool TryReplenish() => _own.TryReplenish();

    public override RateLimiterStatistics? GetStatistics() => _own.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        var lease = _own.AttemptAcquire(permitCount);
        return lease.IsAcquired ? budget.AttemptAcquire(permitCount) : lease;
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(permitCount));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _own.Dispose();
        }

        base.Dispose(disposing);
    }
}
