using System.Globalization;

namespace Bench.Load;

/// <summary>What was measured of one operation, as a table with a column for each host.</summary>
internal static class LoadTable
{
    private static readonly (string Name, string Format, Func<Block, double> Of)[] Rows =
    [
        ("CPU, ms a request", "0.000", block => block.Cpu),
        ("allocated, KB a request", "0.0", block => block.Kilobytes),
        ("p50, ms", "0.00", block => block.P50),
        ("p99, ms", "0.00", block => block.P99),
        ("requests a second", "#,##0", block => block.PerSecond),
        ("methods compiled in a block", "0", block => block.Compiled),
    ];

    /// <param name="labels">Of the hosts.</param>
    /// <param name="rounds">The blocks of each round, in the order of the hosts.</param>
    public static void Print(IReadOnlyList<string> labels, IReadOnlyList<Block[]> rounds)
    {
        Console.WriteLine($"| | {string.Join(" | ", labels)} |");
        Console.WriteLine($"|---|{string.Concat(labels.Select(_ => "---|"))}");
        foreach (var (name, format, of) in Rows)
        {
            Console.WriteLine($"| {name} | {string.Join(" | ", labels.Select((_, host) => Cell(rounds, host, format, of)))} |");
        }

        Console.WriteLine($"| least CPU, ms | {string.Join(" | ", labels.Select((_, host) => rounds.Min(round => round[host].Cpu).ToString("0.000", CultureInfo.InvariantCulture)))} |");
    }

    /// <summary>The median, and beside it the median of the rounds' ratios to the first host: two blocks of a round shared the machine with the same company.</summary>
    private static string Cell(IReadOnlyList<Block[]> rounds, int host, string format, Func<Block, double> of)
    {
        var median = Median(rounds.Select(round => of(round[host]))).ToString(format, CultureInfo.InvariantCulture);
        var ratio = Median(rounds.Select(round => of(round[host]) / of(round[0])));
        return host == 0 || !double.IsFinite(ratio) ? median : string.Create(CultureInfo.InvariantCulture, $"{median} ({ratio:0.00})");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
