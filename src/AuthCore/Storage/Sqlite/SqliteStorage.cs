using AuthCore.Keys;
using AuthCore.ResourceServer;
using AuthCore.Users;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCore.Storage.Sqlite;

/// <summary>Brings storage up before the host listens, and takes it down after the last request: the order of both is this file.</summary>
internal sealed class SqliteStorage(
    SqliteDatabase database, SqliteWriteLane lane, TelemetryStore telemetry, KeyRing keys, LivenessSet liveness, FirstRun firstRun,
    IServiceProvider services, ILogger<SqliteStorage> logger) : IHostedLifecycleService, IDisposable
{
    private DirectoryOwnership? _ownership;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _ownership = DirectoryOwnership.Take(database.DataDirectory);
        var connection = database.OpenForLane();
        Log.DatabaseOpened(logger, database.FilePath, connection.ServerVersion);

        // An interrupted migration leaves EF Core's own lock behind; ownership of the directory says that nobody holds it.
        connection.Execute("DROP TABLE IF EXISTS __EFMigrationsLock;");
        await MigrateAsync(connection, cancellationToken);
        var participants = services.GetServices<IStorageParticipant>().ToArray();
        foreach (var participant in participants)
        {
            await participant.MigrateAsync(connection, cancellationToken);
        }

        telemetry.Open();
        lane.Start(connection);
        await keys.LoadAsync(cancellationToken);
        await liveness.LoadAsync(cancellationToken);
        foreach (var participant in participants)
        {
            await participant.StartAsync(lane, cancellationToken);
        }

        await firstRun.PrepareAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => firstRun.AnnounceAsync(cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await telemetry.DisposeAsync();
        SqliteConnection.ClearAllPools();
        await lane.DisposeAsync();
    }

    public void Dispose() => _ownership?.Dispose();

    private async Task MigrateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var builder = new DbContextOptionsBuilder<SqliteAuthDbContext>();
        database.UseForWriting(builder, connection, SqliteDatabase.MigrationsHistory);
        await using var context = new SqliteAuthDbContext(builder.Options);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
        if (pending.Length > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
            Log.Migrated(logger, pending.Length, nameof(AuthDbContext), string.Join(", ", pending));
        }
    }
}
