using System.Collections.Concurrent;

namespace AuthCore.RateLimits;

/// <summary>
/// Counts refusals in memory until they are flushed. A flood from a million addresses must not become a million rows: beyond
/// <see cref="MaxKeys"/> the rest share one.
/// </summary>
internal sealed class RateLimitRefusals(TimeProvider clock)
{
    /// <summary>Rows held at most between two flushes.</summary>
    public const int MaxKeys = 2000;

    /// <summary>The partition that counts everybody for whom there was no room.</summary>
    public const string Others = "(others)";

    private const int MaxAgentLength = 200;

    private ConcurrentDictionary<RefusalKey, RefusalCount> _counts = new();

    /// <summary>Notes one refusal.</summary>
    public void Count(string policy, string partition, string? userAgent)
    {
        var now = clock.GetUtcNow();
        var key = new RefusalKey(now.ToUnixTimeSeconds() / 60, policy, partition);
        var counts = _counts;
        if (counts.Count >= MaxKeys && !counts.ContainsKey(key))
        {
            key = key with { Partition = Others };
        }

        var agent = userAgent is { Length: > MaxAgentLength } ? userAgent[..MaxAgentLength] : userAgent;
        counts.AddOrUpdate(
            key,
            static (_, seen) => new RefusalCount(1, seen.now, seen.now, seen.agent),
            static (_, count, seen) => count with { Hits = count.Hits + 1, LastAt = seen.now, LastUserAgent = seen.agent },
            (now, agent));
    }

    /// <summary>Takes everything counted so far. A refusal that is being counted at this very moment may be lost.</summary>
    public IReadOnlyCollection<KeyValuePair<RefusalKey, RefusalCount>> Drain() =>
        Interlocked.Exchange(ref _counts, new ConcurrentDictionary<RefusalKey, RefusalCount>()).ToArray();

    /// <summary>Forgets what was counted for a partition and not yet flushed.</summary>
    public void Forget(string policy, string partition)
    {
        foreach (var key in _counts.Keys.Where(key => key.Policy == policy && key.Partition == partition))
        {
            _counts.TryRemove(key, out _);
        }
    }
}

/// <summary>One row's identity: who was refused where in which minute since the Unix epoch.</summary>
internal readonly record struct RefusalKey(long Minute, string Policy, string Partition);

/// <summary>How often, and when.</summary>
internal sealed record RefusalCount(int Hits, DateTimeOffset FirstAt, DateTimeOffset LastAt, string? LastUserAgent);
