using AuthCore.Http;

namespace AuthCore.Accounts;

/// <summary>
/// Makes an address wait that has sent too many wrong set-up codes, and leaves the code as it is: guesses from elsewhere must not keep the owner out.
/// Remembers <see cref="MaxAddresses"/> addresses; the one whose last guess is the oldest makes room.
/// </summary>
internal sealed class WrongSetupCodes(TimeProvider time)
{
    public const int Allowed = 10;
    public const int MaxAddresses = 1000;

    /// <summary>Counted from the last wrong code.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Guesses> _byAddress = [];
    private readonly Lock _lock = new();

    public int Count => _byAddress.Count;

    /// <param name="partition">See <see cref="ClientAddress.Partition"/>.</param>
    /// <returns>How long this address has to wait; null when it may try.</returns>
    public TimeSpan? WaitBefore(string partition)
    {
        lock (_lock)
        {
            return _byAddress.TryGetValue(partition, out var guesses) && guesses.Wrong >= Allowed && guesses.Until - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : null;
        }
    }

    /// <returns>Whether this was the last one that the address may try for now.</returns>
    public bool Note(string partition)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var wrong = _byAddress.TryGetValue(partition, out var before) && before.Until > now ? before.Wrong : 0;
            if (before is null && _byAddress.Count >= MaxAddresses)
            {
                _byAddress.Remove(_byAddress.MinBy(entry => entry.Value.Until).Key);
            }

            _byAddress[partition] = new Guesses(wrong + 1, now + Pause);
            return wrong + 1 == Allowed;
        }
    }

    private sealed record Guesses(int Wrong, DateTimeOffset Until);
}
