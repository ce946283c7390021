using System.Threading.RateLimiting;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AuthCore.RateLimits;

/// <summary>
/// Slows the guessing of client secrets. Only failures are spent, and only for one client at one address: somebody else who guesses does not
/// lock the rightful client out elsewhere.
/// </summary>
internal sealed class FailedClientAuthentications : IDisposable
{
    private const int LongestClientId = 64;

    private readonly PartitionedRateLimiter<LimitedPartition> _limiter;
    private readonly LiftedPartitions _lifted;
    private readonly IActivityLog _activity;
    private readonly bool _enabled;
    private readonly int _secondsPerPermit;

    public FailedClientAuthentications(IOptions<RateLimitOptions> options, LiftedPartitions lifted, IActivityLog activity)
    {
        _lifted = lifted;
        _activity = activity;
        _enabled = options.Value.Enabled;
        var allowance = options.Value.FailedClientAuthentication;
        _secondsPerPermit = Math.Max(1, (int)Math.Ceiling((allowance.Window / allowance.Permits).TotalSeconds));
        var bucket = AllowanceBucket.Options(allowance);
        _limiter = PartitionedRateLimiter.Create<LimitedPartition, LimitedPartition>(
            partition => RateLimitPartition.GetTokenBucketLimiter(partition, _ => bucket));
    }

    /// <summary>Seconds to wait when too many have failed; null when this one may be tried.</summary>
    public int? WaitBefore(HttpContext context, string clientId)
    {
        if (!_enabled)
        {
            return null;
        }

        var partition = Partition(context, clientId);

        // Not an acquisition of nothing: that succeeds on the fraction of a permit which has refilled.
        if (_limiter.GetStatistics(partition) is not { CurrentAvailablePermits: < 1 })
        {
            return null;
        }

        _activity.Refused(RateLimitPolicies.Token, partition.Name, RequestAgent.Of(context));
        return _secondsPerPermit;
    }

    /// <summary>Notes a failure.</summary>
    public void Note(HttpContext context, string clientId)
    {
        if (_enabled)
        {
            _limiter.AttemptAcquire(Partition(context, clientId)).Dispose();
        }
    }

    public void Dispose() => _limiter.Dispose();

    private LimitedPartition Partition(HttpContext context, string clientId) => _lifted.Current(
        RateLimitPolicies.Token,
        $"{ClientAddress.Partition(context.Connection.RemoteIpAddress)} {UntrustedText.Clean(clientId, LongestClientId)}");
}
