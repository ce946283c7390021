using System.Collections.Concurrent;
using AuthCore.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AuthCore.Storage.Sqlite;

/// <summary>
/// The file that may lose its last seconds: who was last seen when, and who was refused how often. Gathered in memory, bounded, written every few seconds
/// with <c>synchronous=NORMAL</c>, so that no request waits for it.
/// </summary>
internal sealed class TelemetryStore(SqliteDatabase database, TimeProvider time, ChangeFeed changes, ILogger<TelemetryStore> logger) : IActivityLog, IAsyncDisposable
{
    /// <summary>Distinct families or refused partitions between two writes; more are not told apart but dropped.</summary>
    private const int MaxPending = 50_000;

    private const long SchemaVersion = 1;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _flushing = new(1, 1);
    private ConcurrentDictionary<string, FamilySighting> _seen = new(StringComparer.Ordinal);
    private ConcurrentDictionary<(long Minute, string Policy, string Partition), Refusals> _refused = new();
    private SqliteConnection? _connection;
    private ITimer? _timer;

    public void Open()
    {
        try
        {
            _connection = OpenFile();
        }
        catch (SqliteException exception)
        {
            Log.TelemetryBegunAnew(logger, exception);
            SqliteConnection.ClearAllPools();
            foreach (var file in new[] { database.TelemetryPath, database.TelemetryPath + "-wal", database.TelemetryPath + "-shm" })
            {
                File.Delete(file);
            }

            _connection = OpenFile();
        }

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
        await _flushing.WaitAsync();
        try
        {
            using var command = Command("DELETE FROM RateLimitHits WHERE Policy = $policy AND Partition = $partition", ("$policy", policy), ("$partition", partition));
            command.ExecuteNonQuery();
        }
        finally
        {
            _flushing.Release();
        }

        changes.Publish(ChangeTopics.Activity);
    }

    public async Task FlushAsync()
    {
        await _flushing.WaitAsync();
        try
        {
            var seen = Interlocked.Exchange(ref _seen, new(StringComparer.Ordinal));
            var refused = Interlocked.Exchange(ref _refused, new());
            if (_connection is null || (seen.IsEmpty && refused.IsEmpty))
            {
                return;
            }

            Write(seen, refused);
            changes.Publish(ChangeTopics.Activity);
        }
        catch (SqliteException exception)
        {
            Log.TelemetryDropped(logger, exception);
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Deletes what is older, a bounded number of rows at a time.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<int> PruneAsync(DateTimeOffset before, int atMost)
    {
        await _flushing.WaitAsync();
        try
        {
            using var hits = Command(
                "DELETE FROM RateLimitHits WHERE rowid IN (SELECT rowid FROM RateLimitHits WHERE Minute < $minute LIMIT $most)",
                ("$minute", before.ToUnixTimeSeconds() / 60), ("$most", atMost));
            using var sightings = Command(
                "DELETE FROM FamilyActivity WHERE rowid IN (SELECT rowid FROM FamilyActivity WHERE LastSeenAt < $before LIMIT $most)",
                ("$before", before.ToUnixTimeMilliseconds()), ("$most", atMost));
            return hits.ExecuteNonQuery() + sightings.ExecuteNonQuery();
        }
        finally
        {
            _flushing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }

        await FlushAsync();
        _connection?.Dispose();
        _connection = null;
    }

    private SqliteConnection OpenFile()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database.TelemetryPath, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        connection.Open();
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
        if (connection.Scalar("PRAGMA user_version") is not SchemaVersion)
        {
            connection.Execute(
                $"""
                 DROP TABLE IF EXISTS FamilyActivity;
                 DROP TABLE IF EXISTS RateLimitHits;
                 CREATE TABLE FamilyActivity (FamilyId TEXT PRIMARY KEY, LastSeenAt INTEGER NOT NULL, Address TEXT, UserAgent TEXT);
                 CREATE INDEX IX_FamilyActivity_LastSeenAt ON FamilyActivity (LastSeenAt);
                 CREATE TABLE RateLimitHits (
                     Minute INTEGER NOT NULL, Policy TEXT NOT NULL, Partition TEXT NOT NULL, Hits INTEGER NOT NULL,
                     FirstAt INTEGER NOT NULL, LastAt INTEGER NOT NULL, LastUserAgent TEXT, PRIMARY KEY (Minute, Policy, Partition));
                 PRAGMA user_version = {SchemaVersion};
                 """);
        }

        return connection;
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
