using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AuthCore.Storage.Sqlite;

/// <summary>Makes a pooled connection a reading one: it cannot write, never checkpoints, and sees the telemetry file.</summary>
internal sealed class ReadOnlyOnOpen(string telemetryPath) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    private void Prepare(SqliteConnection connection)
    {
        connection.Execute("PRAGMA query_only=OFF; PRAGMA wal_autocheckpoint=0;");
        if (connection.Scalar("SELECT count(*) FROM pragma_database_list WHERE name = 'telemetry'") is 0L)
        {
            using var attach = connection.CreateCommand();
            attach.CommandText = "ATTACH DATABASE $path AS telemetry";
            attach.Parameters.AddWithValue("$path", telemetryPath);
            attach.ExecuteNonQuery();
        }

        connection.Execute("PRAGMA query_only=ON;");
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
