using System.Collections.Concurrent;

namespace AuthCore.RateLimits;

/// <summary>
/// Which partitions start afresh. Lifting gives a partition a new epoch, and with it an unused limiter; the old one is dropped
/// by the framework when idle. Forgotten after an hour, when every bucket has filled up again by itself.
/// </summary>
internal sealed class LiftedPartitions(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Policy, string Partition), Lifted> _lifts = new();
    private int _epoch;

    public LimitedPartition Current(string policy, string partition) =>
        new(partition, _lifts.TryGetValue((policy, partition), out var lift) ? lift.Epoch : 0);

    public void Lift(string policy, string partition)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, lift) in _lifts)
        {
            if (now - lift.At > Kept)
            {
                _lifts.TryRemove(KeyValuePair.Create(key, lift));
            }
        }

        _lifts[(policy, partition)] = new Lifted(Interlocked.Increment(ref _epoch), now);
    }

    private sealed record Lifted(int Epoch, DateTimeOffset At);
}

/// <summary>A partition as the framework's limiter keys it.</summary>
internal readonly record struct LimitedPartition(string Name, int Epoch);
