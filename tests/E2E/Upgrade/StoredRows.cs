using McpAuthConsole.E2ETests.Host;
using McpAuthConsole.E2ETests.Storage;

namespace McpAuthConsole.E2ETests.Upgrade;

/// <summary>Every row of a database by table and key, whatever its schema.</summary>
internal sealed class StoredRows
{
    // What EF Core keeps of itself.
    private const string OwnTables = "__";

    private readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> tables;

    private StoredRows(Dictionary<string, Dictionary<string, Dictionary<string, string>>> tables) => this.tables = tables;

    public IEnumerable<string> Tables => tables.Keys.Order(StringComparer.Ordinal);

    public static StoredRows Of(RunningHost host)
    {
        using var database = new OtherProgram(host.Database());
        return new StoredRows(database.Columns()
            .Where(column => !column.Table.StartsWith(OwnTables, StringComparison.Ordinal))
            .GroupBy(column => column.Table)
            .ToDictionary(table => table.Key, table => Read(database, table.Key, [.. table])));
    }

    public int Count(string table) => tables[table].Count;

    /// <summary>What of a table is not in another table any more, or says something else in a column that both have.</summary>
    public IEnumerable<string> LostFrom(string table, StoredRows after, string tableAfter, Func<string, bool> mayChange)
    {
        foreach (var (key, row) in tables[table])
        {
            if (!after.tables[tableAfter].TryGetValue(key, out var kept))
                yield return $"{table} {key} is gone";
            else
            {
                foreach (var (column, value) in row.Where(cell => kept.ContainsKey(cell.Key) && !mayChange($"{table}.{cell.Key}") && kept[cell.Key] != cell.Value))
                    yield return $"{table} {key} had {column} {value} and has {kept[column]}";
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
