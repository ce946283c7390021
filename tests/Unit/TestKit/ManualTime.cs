using System.Collections.Concurrent;

namespace UnitTests.TestKit;

/// <summary>A clock that moves when it is told to. Timers that fall due on the way fire before <see cref="Advance"/> returns.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly ConcurrentDictionary<ManualTimer, byte> _timers = new();
    private long _ticks = start.UtcTicks;
    private long _error;

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks) + Interlocked.Read(ref _error), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        _timers[timer] = 0;
        return timer;
    }

    /// <summary>What the clock shows besides what has passed; timers and timestamps do not notice.</summary>
    public void RunAhead(TimeSpan by) => Interlocked.Exchange(ref _error, by.Ticks);

    public void Advance(TimeSpan by)
    {
        var until = Passed + by;
        while (_timers.Keys.Where(timer => timer.Due <= until).MinBy(timer => timer.Due) is { } next)
        {
            Interlocked.Exchange(ref _ticks, Math.Max(next.Due.UtcTicks, Interlocked.Read(ref _ticks)));
            next.Fire();
        }

        Interlocked.Exchange(ref _ticks, until.UtcTicks);
    }

    /// <summary>Moves the clock as a machine that slept does: a timer that fell due many times fires once.</summary>
    public void Leap(TimeSpan by)
    {
        var now = Interlocked.Add(ref _ticks, by.Ticks);
        foreach (var timer in _timers.Keys.Where(timer => timer.Due.UtcTicks <= now))
        {
            timer.Fire();
        }
    }

    private DateTimeOffset Passed => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.Passed + dueTime;
            return true;
        }

        public void Fire()
        {
            var now = time.Passed;
            Due = _period <= TimeSpan.Zero ? DateTimeOffset.MaxValue : Due + _period > now ? Due + _period : now + _period;
            callback(state);
        }

        public void Dispose() => time._timers.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
