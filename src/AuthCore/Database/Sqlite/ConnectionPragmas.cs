using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthCore.Database.Sqlite;

/// <summary>Makes a pooled connection a reading one: it cannot write, never checkpoints, and sees the telemetry file.</summary>
internal sealed class ReadOnlyOnOpen(TelemetryFile telemetry) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void Prepare(SqliteConnection connection)
    {
        try
        {
            connection.Execute("PRAGMA query_only=OFF; PRAGMA wal_autocheckpoint=0;");
            telemetry.AttachTo(connection);
            connection.Execute("PRAGMA query_only=ON;");
        }
        catch
        {
            // Open but not prepared, it would be one that can write.
            connection.Close();
            throw;
        }
    }
}

/// <summary>Makes a pooled connection one that Identity may write on: durable, and leaving checkpoints to the lane.</summary>
internal sealed class DurableOnOpen : DbConnectionInterceptor
{
    public static readonly DurableOnOpen Instance = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private static void Prepare(SqliteConnection connection) =>
        connection.Execute("PRAGMA query_only=OFF; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;");
}

/// <summary>One-line statements.</summary>
internal static class SqliteStatements
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
