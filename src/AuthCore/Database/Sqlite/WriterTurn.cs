using AuthCore.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AuthCore.Database.Sqlite;

/// <summary>Identity's turn to write. One that lasts too long is ended: its statement is interrupted and the lane goes on.</summary>
internal sealed class WriterTurn : IDisposable
{
    private readonly SemaphoreSlim _writer;
    private readonly ITimer _limit;
    private int _over;

    private WriterTurn(SemaphoreSlim writer, SqliteConnection connection, TimeSpan limit, TimeProvider time, ILogger logger)
    {
        _writer = writer;
        _limit = time.CreateTimer(
            _ =>
            {
                if (End())
                {
                    Log.SaveHeldTheLane(logger, limit);
                    connection.Interrupt();
                    writer.Release();
                }
            },
            null,
            limit,
            Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="StorageBusyException">The turn did not come in time.</exception>
    public static async Task<WriterTurn> TakeAsync(
        SemaphoreSlim writer, SqliteConnection connection, TimeSpan patience, TimeSpan limit, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        using var late = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await writer.WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageBusyException("The write lane was not free in time.", exception);
        }

        // A caller that waited for the turn has so much less time left for a lock of another process.
        connection.DefaultTimeout = Math.Max(1, (int)(patience - time.GetElapsedTime(since)).TotalSeconds);
        return new WriterTurn(writer, connection, limit, time, logger);
    }

    public void Dispose()
    {
        _limit.Dispose();
        if (End())
        {
            _writer.Release();
        }
    }

    private bool End() => Interlocked.Exchange(ref _over, 1) == 0;
}
