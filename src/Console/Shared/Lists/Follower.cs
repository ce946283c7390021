using AuthCore.Storage;

namespace AdminConsole.Shared.Lists;

/// <summary>Calls back once for all changes of half a second, on whatever thread the timer has.</summary>
internal sealed class Follower : IDisposable
{
    /// <summary>How long changes are gathered.</summary>
    public static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(500);

    private readonly ITimer _timer;
    private readonly IDisposable _subscription;
    private int _gathering;

    public Follower(IChangeFeed feed, ChangeTopics topics, TimeProvider clock, Func<Task> follow)
    {
        _timer = clock.CreateTimer(_ => Call(follow), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _subscription = feed.Subscribe(topics, Again);
    }

    /// <summary>Calls back half a second from now, if it is not about to.</summary>
    public void Again()
    {
        if (Interlocked.Exchange(ref _gathering, 1) == 0)
        {
            _timer.Change(GatherFor, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _timer.Dispose();
    }

    private void Call(Func<Task> follow)
    {
        // Before the call: what changes while it reads must be read again.
        Volatile.Write(ref _gathering, 0);
        _ = follow();
    }
}
