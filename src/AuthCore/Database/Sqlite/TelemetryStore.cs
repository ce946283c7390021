using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AuthCore.Storage;
using AuthCore.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// The file that may lose its last seconds: who was last seen when, and who was refused how often. Gathered in memory, bounded, written every few seconds
/// with <c>synchronous=NORMAL</c>, so that no request waits for it.
/// </summary>
internal sealed class TelemetryStore(SqliteDatabase database, TimeProvider time, ChangeFeed changes, ILogger<TelemetryStore> logger) : IActivityLog, IAsyncDisposable
{
    /// <summary>Distinct families or refused partitions between two writes; more are not told apart but dropped.</summary>
    private const int MaxPending = 50_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _flushing = new(1, 1);
    private ConcurrentDictionary<string, FamilySighting> _seen = new(StringComparer.Ordinal);
    private ConcurrentDictionary<(long Minute, string Policy, string Partition), Refusals> _refused = new();
    private SqliteConnection? _connection;
    private ITimer? _timer;
    private volatile bool _dropping;
    private bool _closed;

    public void Open()
    {
        database.Telemetry.CheckAsync = CheckAsync;
        TryOpen();
        _timer = time.CreateTimer(_ => _ = FlushAsync(), null, Period, Period);
    }

    public void Seen(string familyId, string? address, string? userAgent)
    {
        if (_seen.Count < MaxPending || _seen.ContainsKey(familyId))
        {
            _seen[familyId] = new FamilySighting(time.GetUtcNow(), address, userAgent);
        }
    }

    public void Refused(string policy, string partition, string? userAgent)
    {
        var now = time.GetUtcNow();
        var key = (now.ToUnixTimeSeconds() / 60, policy, partition);
        if (_refused.Count < MaxPending || _refused.ContainsKey(key))
        {
            _refused.AddOrUpdate(key, _ => new Refusals(1, now, now, userAgent), (_, before) => before with { Hits = before.Hits + 1, LastAt = now, UserAgent = userAgent });
        }
    }

    public async Task ForgetRefusalsAsync(string policy, string partition)
    {
        await FlushAsync();
        await WithFileAsync(() =>
        {
            using var command = Command("DELETE FROM RateLimitHits WHERE Policy = $policy AND Partition = $partition", ("$policy", policy), ("$partition", partition));
            return command.ExecuteNonQuery();
        });
        changes.Publish(ChangeTopics.Activity);
    }

    public async Task FlushAsync()
    {
        if (_seen.IsEmpty && _refused.IsEmpty)
        {
            return;
        }

        try
        {
            await WithFileAsync(() =>
            {
                var seen = Interlocked.Exchange(ref _seen, new(StringComparer.Ordinal));
                var refused = Interlocked.Exchange(ref _refused, new());
                Write(seen, refused);
                return seen.Count + refused.Count;
            });
            _dropping = false;
            changes.Publish(ChangeTopics.Activity);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (!_dropping)
            {
                Log.TelemetryDropped(logger, exception);
            }

            _dropping = true;
        }
    }

    /// <summary>Deletes what is older, a bounded number of rows at a time.</summary>
    /// <returns>How many rows went.</returns>
    public Task<int> PruneAsync(DateTimeOffset before, int atMost) => WithFileAsync(() =>
    {
        using var hits = Command(
            "DELETE FROM RateLimitHits WHERE rowid IN (SELECT rowid FROM RateLimitHits WHERE Minute < $minute LIMIT $most)",
            ("$minute", before.ToUnixTimeSeconds() / 60), ("$most", atMost));
        using var sightings = Command(
            "DELETE FROM FamilyActivity WHERE rowid IN (SELECT rowid FROM FamilyActivity WHERE LastSeenAt < $before LIMIT $most)",
            ("$before", before.ToUnixTimeMilliseconds()), ("$most", atMost));
        return hits.ExecuteNonQuery() + sightings.ExecuteNonQuery();
    });

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await FlushAsync();
        // A write that another call began is waited for. What comes after this finds the file closed.
        await _flushing.WaitAsync();
        _closed = true;
        _connection?.Dispose();
        _connection = null;
        _flushing.Release();
    }

    /// <summary>One at a time, on the open file. Damage that shows is mended and nothing counts as done; a file that cannot be opened is tried again by the next caller.</summary>
    private async Task<int> WithFileAsync(Func<int> work)
    {
        await _flushing.WaitAsync();
        try
        {
            return !_closed && (_connection is not null || TryOpen()) ? work() : 0;
        }
        catch (SqliteException exception) when (exception.IsDamage())
        {
            BeginAnew(exception);
            return 0;
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>A reader met damage, here or in the durable file.</summary>
    private async Task CheckAsync()
    {
        await _flushing.WaitAsync();
        try
        {
            database.Telemetry.ThrowIfDamaged();
        }
        catch (SqliteException exception) when (exception.IsDamage())
        {
            BeginAnew(exception);
        }
        catch (SqliteException locked)
        {
            Log.TelemetryClosed(logger, locked);
        }
        finally
        {
            // A caller that opened a connection before the file was begun anew has the old one.
            database.ForgetReaders();
            _flushing.Release();
        }
    }

    private bool TryOpen()
    {
        try
        {
            _connection = database.Telemetry.Open();
        }
        catch (SqliteException exception) when (exception.IsDamage())
        {
            BeginAnew(exception);
        }
        catch (SqliteException exception)
        {
            Log.TelemetryClosed(logger, exception);
        }

        return _connection is not null;
    }

    private void BeginAnew(SqliteException because)
    {
        _connection?.Dispose();
        _connection = null;
        try
        {
            database.ForgetReaders();
            database.Telemetry.BeginAnew();
            database.ForgetReaders();
            _connection = database.Telemetry.Open();
            Log.TelemetryBegunAnew(logger, because);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            Log.TelemetryStaysDamaged(logger, exception);
        }
    }

    private void Write(
        ConcurrentDictionary<string, FamilySighting> seen, ConcurrentDictionary<(long Minute, string Policy, string Partition), Refusals> refused)
    {
        using var transaction = _connection!.BeginTransaction();
        foreach (var (family, sighting) in seen)
        {
            using var command = Command(
                "INSERT INTO FamilyActivity VALUES ($id, $at, $from, $agent) ON CONFLICT DO UPDATE SET LastSeenAt = $at, Address = $from, UserAgent = $agent",
                ("$id", family), ("$at", sighting.At.ToUnixTimeMilliseconds()), ("$from", sighting.Address), ("$agent", sighting.UserAgent));
            command.ExecuteNonQuery();
        }

        foreach (var (key, hits) in refused)
        {
            using var command = Command(
                """
                INSERT INTO RateLimitHits VALUES ($minute, $policy, $partition, $hits, $first, $last, $agent)
                ON CONFLICT DO UPDATE SET Hits = Hits + $hits, LastAt = $last, LastUserAgent = $agent
                """,
                ("$minute", key.Minute), ("$policy", key.Policy), ("$partition", key.Partition), ("$hits", hits.Hits),
                ("$first", hits.FirstAt.ToUnixTimeMilliseconds()), ("$last", hits.LastAt.ToUnixTimeMilliseconds()), ("$agent", hits.UserAgent));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The provider's own SQL.")]
    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection!.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private sealed record FamilySighting(DateTimeOffset At, string? Address, string? UserAgent);

    private sealed record Refusals(int Hits, DateTimeOffset FirstAt, DateTimeOffset LastAt, string? UserAgent);
}
