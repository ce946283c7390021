using Microsoft.Data.Sqlite;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>A backup tool, a shell, an accident: another program at a file of the running host.</summary>
internal sealed class OtherProgram : IDisposable
{
    private readonly SqliteConnection connection;

    public OtherProgram(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ConnectionString);
        connection.Open();
    }

    /// <summary>Takes the one right to write, and keeps it until <see cref="Release"/>.</summary>
    public static OtherProgram Holding(string file)
    {
        var program = new OtherProgram(file);
        program.Execute("BEGIN IMMEDIATE");
        return program;
    }

    public void Release() => Execute("ROLLBACK");

    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => connection.Dispose();
}
