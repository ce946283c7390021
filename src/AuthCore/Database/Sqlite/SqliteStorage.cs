using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Hosting;
using AuthCore.Keys;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCore.Database.Sqlite;

/// <summary>Brings storage up before the host listens, and takes it down after the last request: the order of both is this file.</summary>
internal sealed class SqliteStorage(
    SqliteDatabase database, SqliteWriteLane lane, TelemetryStore telemetry, KeyRing keys, LivenessSet liveness, FirstRun firstRun,
    IServiceProvider services, ILogger<SqliteStorage> logger) : IHostedLifecycleService, IDisposable
{
    private Ownership? _ownership;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        foreach (var participant in services.GetServices<IStorageParticipant>())
        {
            await participant.StartAsync(lane, cancellationToken);
        }

        await firstRun.PrepareAsync(cancellationToken);
    }

    /// <summary>
    /// Storage as it is, for whatever serves no requests: nothing is brought in line with the settings, since those of a shell are not those of the host.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        // Before anything is touched: what another host has, it has alone.
        _ownership = Ownership.Take(database.DataDirectory, database.IsInMemory ? null : database.FilePath);
        TightenFiles();
        var connection = await OpenMigratedAsync(cancellationToken);

        telemetry.Open();
        lane.Start(connection);
        await keys.LoadAsync(cancellationToken);
        await liveness.LoadAsync(cancellationToken);
        await firstRun.MakeRolesAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => firstRun.AnnounceAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        lane.HurryUp();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await telemetry.DisposeAsync();
        SqliteConnection.ClearAllPools();
        database.CloseReaders();
        await lane.DisposeAsync();
    }

    public void Dispose() => _ownership?.Dispose();

    /// <summary>The database holds secrets of families and hashes of passwords. <c>-wal</c> and <c>-shm</c> get the mode of their file when SQLite makes them.</summary>
    private void TightenFiles()
    {
        var durable = RealPath.Of(database.FilePath);
        string[] others = [Path.Combine(database.DataDirectory, ".lock"), durable + ".lock", Path.Combine(database.DataDirectory, AuditHeads.FileName)];
        foreach (var path in new[] { durable, database.Telemetry.Path }.SelectMany(file => new[] { file, file + "-wal", file + "-shm" }).Concat(others))
        {
            try
            {
                if (PrivateFile.Tighten(path) is { } mode)
                {
                    Log.FileWasOpenToOthers(logger, path, mode);
                }
            }
            catch (UnauthorizedAccessException exception)
            {
                Log.FileIsOpenToOthers(logger, exception, path);
            }
        }
    }

    /// <exception cref="BrokenSetupException">The database cannot be opened or brought up to date; it is as it was, and nothing holds it.</exception>
    private async Task<SqliteConnection> OpenMigratedAsync(CancellationToken cancellationToken)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = database.OpenForLane();

            // An interrupted migration leaves EF Core's own lock behind; ownership of the file says that no process holds it.
            connection.Execute("DROP TABLE IF EXISTS __EFMigrationsLock;");
            Log.DatabaseOpened(logger, database.FilePath, connection.ServerVersion);
            await MigrateAsync(connection, cancellationToken);
            foreach (var participant in services.GetServices<IStorageParticipant>())
            {
                await participant.MigrateAsync(connection, cancellationToken);
            }

            return connection;
        }
        catch (Exception exception)
        {
            // What a migration wrote before it failed fills the log of the database: closing gives the space back.
            connection?.Dispose();
            if (exception is SqliteException trouble)
            {
                throw new BrokenSetupException($"Database: {database.FilePath} {WordsFor(trouble)}", trouble);
            }

            throw;
        }
    }

    private static string WordsFor(SqliteException trouble) => trouble switch
    {
        _ when trouble.IsLocked() => "is locked by another program. Let that one end, then start again.",
        _ when trouble.IsDamage() => "is damaged, or no database. Restore the backup.",
        _ when trouble.IsFullDisk() => "does not fit on its disk. Nothing was changed; make as much space as the file takes, then start again.",
        _ => $"cannot be opened or brought up to date: {trouble.Message}",
    };

    /// <exception cref="BrokenSetupException">A newer version has written it, or it does not hold together.</exception>
    private async Task MigrateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var builder = new DbContextOptionsBuilder<SqliteAuthDbContext>();
        database.UseForWriting(builder, connection, SqliteDatabase.MigrationsHistory);
        await using var context = new SqliteAuthDbContext(builder.Options);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToArray();
        if (applied.Except(context.Database.GetMigrations()).LastOrDefault() is { } unknown)
        {
            throw new BrokenSetupException(
                $"Database: {database.FilePath} was written by a newer version, which this one does not understand ({unknown}). Start the newer one, or restore the backup from before the upgrade.");
        }

        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
        if (pending.Length > 0)
        {
            if (applied.Length > 0)
            {
                Log.Migrating(logger, pending.Length, nameof(AuthDbContext), database.FilePath, new FileInfo(database.FilePath).Length / 1_000_000);
            }

            // A table that is rebuilt is dropped in between, and must not take with it what refers to it.
            connection.Execute("PRAGMA foreign_keys=0;");
            await context.Database.MigrateAsync(cancellationToken);
            if (connection.Scalar("SELECT count(*) FROM pragma_foreign_key_check") is not 0L)
            {
                throw new BrokenSetupException($"Database: {database.FilePath} has rows that refer to nothing after its migration. Restore the backup and tell the makers.");
            }

            connection.Execute("PRAGMA foreign_keys=1;");
            Log.Migrated(logger, pending.Length, nameof(AuthDbContext), string.Join(", ", pending));
        }
    }
}
