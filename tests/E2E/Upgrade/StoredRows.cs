using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Storage;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>Every row of a database by table and key, whatever its schema.</summary>
internal sealed class StoredRows
{
    // What EF Core keeps of itself.
    private const string OwnTables = "__";

    private readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> _tables;

    private StoredRows(Dictionary<string, Dictionary<string, Dictionary<string, string>>> tables) => _tables = tables;

    public IEnumerable<string> Tables => _tables.Keys.Order(StringComparer.Ordinal);

    public static StoredRows Of(RunningHost host)
    {
        using var database = new OtherProgram(host.Database());
        return new StoredRows(database.Columns()
            .Where(column => !column.Table.StartsWith(OwnTables, StringComparison.Ordinal))
            .GroupBy(column => column.Table)
            .ToDictionary(table => table.Key, table => Read(database, table.Key, [.. table])));
    }

    public int Count(string table) => _tables[table].Count;

    /// <summary>What of a table is not there any more, or says something else.</summary>
    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="after">The rows as they are now.</param>
    /// <param name="nameNow">What a table ("Clients") or a column ("Clients.Name") of before is called now.</param>
    /// <param name="mayChange">Whether a column may say something else.</param>
    public IEnumerable<string> LostFrom(string table, StoredRows after, Func<string, string> nameNow, Func<string, bool> mayChange)
    {
        var rows = after._tables.GetValueOrDefault(nameNow(table), []);
        foreach (var (key, row) in _tables[table])
        {
            if (!rows.TryGetValue(key, out var kept))
            {
                yield return $"{table} {key} is gone";
                continue;
            }

            foreach (var (column, value) in row.Where(cell => !mayChange($"{table}.{cell.Key}")))
            {
                if (kept.GetValueOrDefault(nameNow($"{table}.{column}").Split('.')[^1]) is var now && now != value)
                {
                    yield return $"{table} {key} had {column} {value} and has {now ?? "no such column"}";
                }
            }
        }
    }

    private static Dictionary<string, Dictionary<string, string>> Read(OtherProgram database, string table, (string Table, string Name, string Type)[] columns)
    {
        var key = database.Rows($"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk").Select(row => row[0]).ToArray();
        var values = string.Join(", ", columns.Select(column => $"quote(\"{column.Name}\")"));
        return database.Rows($"SELECT {values} FROM \"{table}\"")
            .Select(row => columns.Select(column => column.Name).Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))
            .ToDictionary(row => string.Join(' ', key.Select(column => row[column])));
    }
}
