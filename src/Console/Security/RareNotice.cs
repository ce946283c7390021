namespace AdminConsole.Security;

/// <summary>Lets a line into the log that any client can cause: once, and then not again for a while.</summary>
internal sealed class RareNotice(TimeProvider time, TimeSpan quiet)
{
    private long _nextAt;

    /// <summary>Whether it may be written now. Of several callers at once one is told so.</summary>
    public bool IsDue()
    {
        var now = time.GetUtcNow().UtcTicks;
        var next = Interlocked.Read(ref _nextAt);
        return now >= next && Interlocked.CompareExchange(ref _nextAt, now + quiet.Ticks, next) == next;
    }
}
