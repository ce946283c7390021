using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using AuthCore.Http;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// Group commit: whatever waits joins one <c>BEGIN IMMEDIATE</c> transaction, a savepoint each, and is answered after one durable commit. Nobody waits
/// without bound: not for the lane, not for a lock of another process, and not for a unit that does not end.
/// </summary>
internal sealed class SqliteWriteLane : IWriteLane, IAsyncDisposable
{
    /// <summary>How long a caller waits for its turn, and the lane for a lock that another process holds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan OneAttempt = TimeSpan.FromSeconds(1);

    private readonly SqliteDatabase _database;
    private readonly IFactStore _store;
    private readonly IFactProjection[] _projections;
    private readonly IHttpContextAccessor _http;
    private readonly TimeProvider _time;
    private readonly AuthCoreMeter _meter;
    private readonly ILogger _logger;
    private readonly Channel<QueuedUnit> _queue;
    private readonly int _batchSize;
    private readonly TimeSpan _unitLimit;
    private readonly Lazy<Task> _closed;
    private SqliteConnection? _connection;
    private PreparedStatements? _statements;
    private Task _loop = Task.CompletedTask;
    private volatile bool _stopping;
    private long? _closingSince;

    public SqliteWriteLane(
        SqliteDatabase database, IFactStore store, IEnumerable<IFactProjection> projections, IHttpContextAccessor http, IOptions<DatabaseOptions> options, TimeProvider time,
        AuthCoreMeter meter, ILogger<SqliteWriteLane> logger)
    {
        _store = store;
        _projections = [.. projections];
        _http = http;
        _database = database;
        _time = time;
        _meter = meter;
        _logger = logger;
        _batchSize = options.Value.LaneBatch;
        _unitLimit = options.Value.LaneUnitLimit;
        _closed = new Lazy<Task>(CloseAsync);
        _queue = Channel.CreateBounded<QueuedUnit>(new BoundedChannelOptions(options.Value.LaneCapacity) { SingleReader = false });
        meter.ObserveLaneQueue(() => _queue.Reader.Count);
    }

    /// <summary>Held by the one who writes: the lane for a batch, Identity for a save.</summary>
    public SemaphoreSlim Writer { get; } = new(1, 1);

    /// <summary>Begins to take writes, on a connection whose schema is up to date.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The lane's loop.")]
    public void Start(SqliteConnection connection)
    {
        _connection = connection;
        _loop = Task.Run(RunAsync);
    }

    public Task<T> WriteAsync<T>(Func<WriteUnit, Task<T>> work, CancellationToken cancellationToken = default)
    {
        var unit = new QueuedUnit<T>(work, RequestSource.OriginOf(_http.HttpContext), _time.GetTimestamp(), cancellationToken);
        unit.Watch(_time, Patience);
        if (!_queue.Writer.TryWrite(unit))
        {
            unit.Fail(new StorageBusyException("The write queue is full or closed."));
        }

        return unit.Answer;
    }

    /// <summary>Identity's turn to write; at most as long as a unit's.</summary>
    /// <exception cref="StorageBusyException">It did not come in time.</exception>
    public Task<WriterTurn> TakeTurnAsync(SqliteConnection connection, CancellationToken cancellationToken) =>
        WriterTurn.TakeAsync(Writer, connection, Patience, _unitLimit, _time, _logger, cancellationToken);

    /// <summary>The host is asked to end: locks of other processes are waited for less long, so that all who still wait for an answer get one.</summary>
    public void HurryUp() => _stopping = true;

    /// <summary>Commits what is queued, as far as that can be done in a few seconds, and refuses the rest. Whoever asks again waits for the same end.</summary>
    public ValueTask DisposeAsync() => new(_closed.Value);

    private async Task CloseAsync()
    {
        HurryUp();
        _closingSince ??= _time.GetTimestamp();
        _queue.Writer.TryComplete();
        await _loop;
        _connection?.Dispose();
        _connection = null;
    }

    private TimeSpan LockPatience => _stopping ? PatienceAtTheEnd : Patience;

    private bool IsOver => _closingSince is { } since && _time.GetElapsedTime(since) >= PatienceAtTheEnd;

    private async Task RunAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            await Writer.WaitAsync();
            try
            {
                if (Begin() is { } batch)
                {
                    await CarryOutAsync(batch);
                }
            }
            finally
            {
                Writer.Release();
            }
        }
    }

    /// <summary>No unit is taken from the queue before the database is ours: if it cannot be had, all who wait hear of it together.</summary>
    private LaneBatch? Begin()
    {
        try
        {
            _connection ??= _database.OpenForLane();
            _connection.DefaultTimeout = (int)OneAttempt.TotalSeconds;
            var transaction = BeginTransaction(_connection);
            if (_statements?.Connection != _connection)
            {
                _statements = new PreparedStatements(_connection);
            }

            return new LaneBatch(new SqliteWriteUnit(_database, _statements, transaction, _store, _time), transaction, _queue.Reader, _store, _batchSize, _time);
        }
        catch (Exception exception)
        {
            var refused = 0;
            var busy = new StorageBusyException("The database takes no writes.", exception);
            while (_queue.Reader.TryRead(out var unit))
            {
                unit.Fail(busy);
                refused++;
            }

            Log.WritesRefused(_logger, exception, refused);
            if (!SqliteTrouble.IsUnavailability(exception))
            {
                // Whatever state the connection is in, the next attempt begins with another.
                _connection?.Dispose();
                _connection = null;
            }

            return null;
        }
    }

    private SqliteTransaction BeginTransaction(SqliteConnection connection)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            if (IsOver)
            {
                throw new StorageBusyException("The host is ending.");
            }

            try
            {
                return connection.BeginImmediate();
            }
            catch (SqliteException exception) when (exception.IsLocked() && _time.GetElapsedTime(since) + OneAttempt <= LockPatience)
            {
                // Another process writes. Most do so for a moment only.
            }
        }
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "A batch that hangs must not hang the loop.")]
    private async Task CarryOutAsync(LaneBatch batch)
    {
        var work = Task.Run(batch.RunAsync);
        try
        {
            while (!await EndsAsync(work))
            {
                if (batch.TryAbandon(IsOver ? TimeSpan.Zero : _unitLimit))
                {
                    await TakeBackAsync(batch, work);
                    return;
                }
            }

            await work;
            Announce(batch);
        }
        catch (Exception exception)
        {
            // Nothing of this batch is durable, so no caller may be told otherwise.
            Log.BatchRolledBack(_logger, exception, batch.Units.Count);
            Refuse(batch, new StorageBusyException("The database did not take the write.", exception));
        }
    }

    /// <returns>False when it is time to look whether it takes too long.</returns>
    private async Task<bool> EndsAsync(Task work)
    {
        try
        {
            await work.WaitAsync(OneAttempt < _unitLimit ? OneAttempt : _unitLimit, _time);
            return true;
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            return false;
        }
    }

    /// <summary>The unit may go on for as long as it likes: what it writes on is gone, and the next batch has a connection of its own.</summary>
    private async Task TakeBackAsync(LaneBatch batch, Task work)
    {
        Log.UnitHeldTheLane(_logger, _unitLimit, batch.Units.Count);
        var abandoned = _connection!;
        _connection = null;
        await abandoned.ThrowAwayAsync();
        Refuse(batch, new StorageBusyException("A unit of work held the write lane for too long."));
        _ = work.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private static void Refuse(LaneBatch batch, StorageBusyException busy)
    {
        foreach (var unit in batch.Units)
        {
            unit.Fail(busy);
        }
    }

    private void Follow(Action afterCommit)
    {
        try
        {
            afterCommit();
        }
        catch (Exception exception)
        {
            Log.AfterCommitFailed(_logger, exception);
        }
    }

    /// <summary>The batch is durable: from here on no caller may be told that it is not, whatever else goes wrong.</summary>
    private void Announce(LaneBatch batch)
    {
        if (batch.Facts.Count > 0)
        {
            Follow(_store.Committed);
        }

        foreach (var recorded in batch.Facts)
        {
            foreach (var projection in _projections)
            {
                Follow(() => projection.Apply(recorded));
            }
        }

        foreach (var unit in batch.Units)
        {
            unit.Complete();
            _meter.LaneWait.Record(_time.GetElapsedTime(unit.QueuedAt).TotalMilliseconds);
        }

        _meter.LaneBatch.Record(batch.Units.Count);
    }
}
