using Microsoft.Data.Sqlite;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>A backup tool, a shell, an accident: another program at a file of the running host.</summary>
internal sealed class OtherProgram : IDisposable
{
    private readonly SqliteConnection _connection;

    public OtherProgram(string file)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ConnectionString);
        _connection.Open();
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
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose() => _connection.Dispose();
}
