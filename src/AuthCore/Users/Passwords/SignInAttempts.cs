using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Passwords;

/// <summary>Who tries: an account from one address, or from one device that its person signed in with before.</summary>
internal readonly record struct SignInSource(string Account, string From)
{
    public static SignInSource Of(string account, KnownDevice device) => new(account, $"device {device.DeviceId}");
}

/// <summary>
/// Wrong passwords per account and address, counted before they are evaluated. In memory: a restart forgets them, <see cref="AccountLockout"/> does not. Every
/// entry costs a turn to hash and goes after the lock-out time, so that there are never many.
/// </summary>
internal sealed class SignInAttempts(IOptions<IdentityOptions> identity, TimeProvider time)
{
    private const int MaxKept = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<SignInSource, Attempts> _kept = [];

    private LockoutOptions Limits => identity.Value.Lockout;

    /// <summary>Whether another attempt would be refused.</summary>
    public bool IsExhausted(SignInSource source)
    {
        lock (_lock)
        {
            return _kept.TryGetValue(source, out var attempts) && IsCurrent(attempts) && attempts.Count >= Limits.MaxFailedAccessAttempts;
        }
    }

    /// <summary>Takes one attempt of those that are left; of any number of callers at once no more get one than the limit says.</summary>
    public bool TryReserve(SignInSource source)
    {
        lock (_lock)
        {
            var before = _kept.TryGetValue(source, out var attempts) && IsCurrent(attempts) ? attempts.Count : 0;
            if (before >= Limits.MaxFailedAccessAttempts || (before == 0 && !HasRoom()))
            {
                return false;
            }

            _kept[source] = new Attempts(before + 1, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>The password was right: nothing counts against the source any more.</summary>
    public void GiveBack(SignInSource source)
    {
        lock (_lock)
        {
            _kept.Remove(source);
        }
    }

    private bool HasRoom()
    {
        if (_kept.Count < MaxKept)
        {
            return true;
        }

        foreach (var source in _kept.Where(entry => !IsCurrent(entry.Value)).Select(entry => entry.Key).ToArray())
        {
            _kept.Remove(source);
        }

        return _kept.Count < MaxKept;
    }

    // Not the time of day: a clock that is put right must neither lengthen nor shorten a wait.
    private bool IsCurrent(Attempts attempts) => time.GetElapsedTime(attempts.LastAt) < Limits.DefaultLockoutTimeSpan;

    private readonly record struct Attempts(int Count, long LastAt);
}
