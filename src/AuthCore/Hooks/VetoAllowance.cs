namespace AuthCore.Hooks;

/// <summary>Anybody may ask for what a hook refuses, and the audit trail is kept for ever: so only some vetoes of each minute have a line of their own, and the next line counts the others.</summary>
internal sealed class VetoAllowance(TimeProvider time)
{
    /// <summary>Lines of one minute for one kind of decision.</summary>
    public const int ListedOneByOne = 30;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Minute> _minutes = new(StringComparer.Ordinal);

    /// <summary>How many of that kind had no line since the one before this; null if this one has none either.</summary>
    public int? TryTake(string kind)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            var minute = _minutes.GetValueOrDefault(kind) ?? new Minute(now, 0, 0);
            if (time.GetElapsedTime(minute.Since, now) >= Period)
            {
                minute = minute with { Since = now, Listed = 0 };
            }

            var isListed = minute.Listed < ListedOneByOne;
            _minutes[kind] = isListed ? minute with { Listed = minute.Listed + 1, Unlisted = 0 } : minute with { Unlisted = minute.Unlisted + 1 };
            return isListed ? minute.Unlisted : null;
        }
    }

    private sealed record Minute(long Since, int Listed, int Unlisted);
}
