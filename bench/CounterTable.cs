using System.Data.Common;
using AuthCore.Storage;

namespace Bench;

/// <summary>The smallest durable write: one row, one number. Shows what the write lane costs without anything on top.</summary>
internal sealed class CounterTable : IStorageParticipant
{
    public async Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE IF NOT EXISTS BenchCounters (Id INTEGER PRIMARY KEY, N INTEGER NOT NULL)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task StartAsync(IWriteLane lane, CancellationToken cancellationToken) => Task.CompletedTask;

    public static async Task<int> CountAsync(WriteUnit unit, int id)
    {
        await using var command = unit.Connection.CreateCommand();
        command.Transaction = unit.Transaction;
        command.CommandText = $"INSERT INTO BenchCounters VALUES ({id}, 1) ON CONFLICT DO UPDATE SET N = N + 1";
        return await command.ExecuteNonQueryAsync();
    }
}
