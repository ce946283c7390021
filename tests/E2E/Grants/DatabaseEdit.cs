using McpAuthConsole.E2ETests.Host;
using Microsoft.Data.Sqlite;

namespace McpAuthConsole.E2ETests.Grants;

/// <summary>Changes what a stopped host left in its database, for states that only a broken clock makes.</summary>
internal static class DatabaseEdit
{
    public static async Task ExecuteAsync(RunningHost stopped, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(stopped.DataDirectory, "mcp-auth.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is the test's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
