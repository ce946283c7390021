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

    /// <summary>The values of a query as text.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyList<string>>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        }

        return rows;
    }

    /// <summary>Every column of every table, with its declared type.</summary>
    public IReadOnlyList<(string Table, string Name, string Type)> Columns() =>
        [.. Rows("SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid")
            .Select(column => (column[0], column[1], column[2]))];

    public void Dispose() => _connection.Dispose();
}
