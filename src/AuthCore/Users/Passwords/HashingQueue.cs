using System.Threading.RateLimiting;

namespace AuthCore.Users.Passwords;

/// <summary>
/// Keeps password hashing to half of the processors: a hash is slow on purpose, and a flood of guesses must not starve the token endpoint. The queue is
/// bounded in number and in time, so that every answer comes soon.
/// </summary>
internal sealed class HashingQueue(TimeProvider time) : IDisposable
{
    /// <summary>Seconds after which a retry makes sense.</summary>
    public const int RetryAfterSeconds = 5;

    /// <summary>At some 70 ms for a hash, the last of them waits for less than two seconds.</summary>
    public const int WaitersPerTurn = 20;

    /// <summary>Hashes that may be made at the same time.</summary>
    public static readonly int Turns = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>For slow machines, where twenty hashes take longer.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Turns,
        QueueLimit = Turns * WaitersPerTurn,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits for a turn to hash; dispose to give it back.</summary>
    /// <returns>Null when too many wait already, or it took too long.</returns>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var lease = await _limiter.AcquireAsync(1, either.Token);
            return lease.IsAcquired ? lease : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _limiter.Dispose();
}
