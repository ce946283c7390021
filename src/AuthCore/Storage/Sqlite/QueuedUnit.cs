namespace AuthCore.Storage.Sqlite;

/// <summary>A unit of work and the caller who waits for it.</summary>
internal abstract class QueuedUnit(long queuedAt)
{
    /// <summary>A timestamp of the lane's <see cref="TimeProvider"/>.</summary>
    public long QueuedAt => queuedAt;

    /// <summary>Runs inside a savepoint; keeps what came out until the commit.</summary>
    public abstract Task RunAsync(SqliteWriteUnit unit);

    /// <summary>The commit is durable: tells the caller what came out.</summary>
    public abstract void Complete();

    /// <summary>Nothing was written.</summary>
    public abstract void Fail(Exception exception);
}

internal sealed class QueuedUnit<T>(Func<WriteUnit, Task<T>> work, long queuedAt, CancellationToken cancellationToken) : QueuedUnit(queuedAt)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _exception;
    private T? _result;

    public Task<T> Answer => _answer.Task;

    public override async Task RunAsync(SqliteWriteUnit unit)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _exception = new OperationCanceledException(cancellationToken);
            return;
        }

        unit.Begin();
        try
        {
            _result = await work(unit);
            unit.Keep();
        }
        catch (Exception exception)
        {
            // Whatever it was, it is this caller's alone; the batch goes on unless the transaction itself is gone.
            unit.Undo(exception);
            _exception = exception;
        }
    }

    public override void Complete()
    {
        switch (_exception)
        {
            case null:
                _answer.SetResult(_result!);
                break;
            case OperationCanceledException canceled when canceled.CancellationToken == cancellationToken && cancellationToken.IsCancellationRequested:
                _answer.SetCanceled(cancellationToken);
                break;
            default:
                _answer.SetException(_exception);
                break;
        }
    }

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}
