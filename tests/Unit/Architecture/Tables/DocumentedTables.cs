using System.Text.RegularExpressions;
using UnitTests.TestKit;

namespace UnitTests.Architecture.Tables;

/// <summary>The rows of the tables in <c>docs/storage.md</c>: what the first cell names in backticks, with its owner and with who cleans it.</summary>
internal static partial class DocumentedTables
{
    private static readonly string[] NotOfTheModel = ["__EFMigrationsHistory", "__McpMigrationsHistory", "__EFMigrationsLock"];

    private static readonly Dictionary<string, string[]> Rows = Read();

    public static IEnumerable<string> Names => Rows.Keys.Except(NotOfTheModel);

    /// <summary>The folder below <c>src/</c>, or nothing when the page does not know the table.</summary>
    public static string? Owner(string table) => Rows.TryGetValue(table, out var cells) ? cells[^2].Trim('`') : null;

    /// <summary>How long a row stays and what removes it: the last cell.</summary>
    public static string Lifetime(string table) => Rows[table][^1];

    /// <summary>Everything in backticks in the last cell; some of it is types.</summary>
    public static IEnumerable<string> NamedCleaners(string table) => InBackticks(Lifetime(table));

    private static Dictionary<string, string[]> Read()
    {
        Dictionary<string, string[]> rows = [];
        var inTables = false;
        foreach (var line in Repository.Read("docs/storage.md").Split('\n'))
        {
            inTables = line.StartsWith('|') && (inTables || line.StartsWith("| Table |", StringComparison.Ordinal));
            var cells = line.Trim('|', ' ').Split(" | ");
            foreach (var name in inTables ? InBackticks(cells[0]) : [])
            {
                rows.Add(name, cells);
            }
        }

        return rows;
    }

    private static IEnumerable<string> InBackticks(string cell) => CodeSpan().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
