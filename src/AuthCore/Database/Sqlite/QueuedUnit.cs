using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.Database.Sqlite;

/// <summary>A unit of work and the caller who waits for it. Until it begins, it can be given up: by the caller who hangs up, or by the time that a caller waits at most.</summary>
internal abstract class QueuedUnit(long queuedAt, CancellationToken cancellationToken)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int GivenUp = 2;

    private int _state;
    private ITimer? _patience;
    private CancellationTokenRegistration _hangUp;

    /// <summary>A timestamp of the lane's <see cref="TimeProvider"/>.</summary>
    public long QueuedAt => queuedAt;

    /// <summary>Begins to watch for the two reasons to give it up.</summary>
    public void Watch(TimeProvider time, TimeSpan patience)
    {
        _patience = time.CreateTimer(static unit => ((QueuedUnit)unit!).GiveUp(hungUp: false), this, patience, Timeout.InfiniteTimeSpan);
        _hangUp = cancellationToken.UnsafeRegister(static unit => ((QueuedUnit)unit!).GiveUp(hungUp: true), this);
    }

    /// <summary>From here on it is carried to its end.</summary>
    /// <returns>False when its caller no longer waits for it.</returns>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting && StopWatching();

    /// <summary>Runs inside a savepoint; keeps what came out until the commit.</summary>
    public abstract Task RunAsync(SqliteWriteUnit unit);

    /// <summary>The commit is durable: tells the caller what came out.</summary>
    public abstract void Complete();

    /// <summary>Nothing was written.</summary>
    public void Fail(Exception exception)
    {
        Volatile.Write(ref _state, GivenUp);
        StopWatching();
        Refuse(exception);
    }

    protected abstract void Refuse(Exception exception);

    private void GiveUp(bool hungUp)
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Waiting) == Waiting)
        {
            StopWatching();
            Refuse(hungUp ? new OperationCanceledException(cancellationToken) : new StorageBusyException("The write lane did not get to it in time."));
        }
    }

    private bool StopWatching()
    {
        _patience?.Dispose();
        _hangUp.Unregister();
        return true;
    }
}

internal sealed class QueuedUnit<T>(Func<WriteUnit, Task<T>> work, FactOrigin origin, long queuedAt, CancellationToken cancellationToken) : QueuedUnit(queuedAt, cancellationToken)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _hungUp = cancellationToken;
    private Exception? _exception;
    private T? _result;

    public Task<T> Answer => _answer.Task;

    public override async Task RunAsync(SqliteWriteUnit unit)
    {
        unit.Begin(origin);
        try
        {
            _result = await work(unit);
            await unit.KeepAsync();
        }
        catch (Exception exception)
        {
            // Whatever it was, it is this caller's alone; the batch goes on unless the transaction itself is gone.
            unit.Undo(exception);
            _exception = SqliteTrouble.IsUnavailability(exception) ? new StorageBusyException("The database did not take a statement.", exception) : exception;
        }
    }

    public override void Complete()
    {
        if (_exception is null)
        {
            _answer.TrySetResult(_result!);
        }
        else
        {
            Refuse(_exception);
        }
    }

    protected override void Refuse(Exception exception)
    {
        if (exception is OperationCanceledException canceled && canceled.CancellationToken == _hungUp && _hungUp.IsCancellationRequested)
        {
            _answer.TrySetCanceled(_hungUp);
        }
        else
        {
            _answer.TrySetException(exception);
        }
    }
}
