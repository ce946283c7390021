using System.Threading.Channels;
using AuthCore.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Storage.Sqlite;

/// <summary>
/// Group commit: whatever waits joins one <c>BEGIN IMMEDIATE</c> transaction, a savepoint each, and is answered after one durable commit.
/// </summary>
internal sealed class SqliteWriteLane : IWriteLane, IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly AuthCoreMeter _meter;
    private readonly ILogger _logger;
    private readonly Channel<QueuedUnit> _queue;
    private readonly int _batchSize;
    private SqliteConnection? _connection;
    private Task _loop = Task.CompletedTask;

    public SqliteWriteLane(SqliteDatabase database, IOptions<DatabaseOptions> options, TimeProvider time, AuthCoreMeter meter, ILogger<SqliteWriteLane> logger)
    {
        _database = database;
        _time = time;
        _meter = meter;
        _logger = logger;
        _batchSize = options.Value.LaneBatch;
        _queue = Channel.CreateBounded<QueuedUnit>(new BoundedChannelOptions(options.Value.LaneCapacity) { SingleReader = true });
        meter.ObserveLaneQueue(() => _queue.Reader.Count);
    }

    /// <summary>Held by whoever writes: the lane for a batch, Identity for a save.</summary>
    public SemaphoreSlim Writer { get; } = new(1, 1);

    /// <summary>Begins to take writes, on a connection whose schema is up to date.</summary>
    public void Start(SqliteConnection connection)
    {
        _connection = connection;
        _loop = Task.Run(RunAsync);
    }

    public Task<T> WriteAsync<T>(Func<WriteUnit, Task<T>> work, CancellationToken cancellationToken = default)
    {
        var unit = new QueuedUnit<T>(work, _time.GetTimestamp(), cancellationToken);
        return _queue.Writer.TryWrite(unit)
            ? unit.Answer
            : Task.FromException<T>(new StorageBusyException("The write queue is full or closed."));
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _connection?.Dispose();
        _connection = null;
    }

    private async Task RunAsync()
    {
        List<QueuedUnit> batch = new(_batchSize);
        while (await _queue.Reader.WaitToReadAsync())
        {
            await Writer.WaitAsync();
            try
            {
                await CommitBatchAsync(batch);
            }
            catch (Exception exception)
            {
                // Nothing of this batch is durable, so nobody may be told otherwise.
                Log.BatchRolledBack(_logger, exception, batch.Count);
                batch.ForEach(unit => unit.Fail(new StorageBusyException("The database did not take the write.", exception)));
            }
            finally
            {
                batch.Clear();
                Writer.Release();
            }
        }
    }

    private async Task CommitBatchAsync(List<QueuedUnit> batch)
    {
        if (!_queue.Reader.TryRead(out var next))
        {
            return;
        }

        batch.Add(next);
        using var transaction = _connection!.BeginTransaction(deferred: false);
        using (var batchUnit = new SqliteWriteUnit(_database, _connection, transaction, _time))
        {
            await next.RunAsync(batchUnit);
            while (batch.Count < _batchSize && _queue.Reader.TryRead(out next))
            {
                batch.Add(next);
                await next.RunAsync(batchUnit);
            }

            transaction.Commit();
            Announce(batchUnit, batch);
        }
    }

    /// <summary>The batch is durable: from here on nobody may be told that it is not, whatever else goes wrong.</summary>
    private void Announce(SqliteWriteUnit batchUnit, List<QueuedUnit> batch)
    {
        foreach (var action in batchUnit.Committed)
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                Log.AfterCommitFailed(_logger, exception);
            }
        }

        batch.ForEach(unit => unit.Complete());
        _meter.LaneBatch.Record(batch.Count);
        batch.ForEach(unit => _meter.LaneWait.Record(_time.GetElapsedTime(unit.QueuedAt).TotalMilliseconds));
    }
}
