using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Scale;

/// <summary>
/// Every list of the console on a directory with as much in it as the product is made for: first page, each sorting, each filter, search, last page.
/// In process, through the directories that the pages ask, so that a number is what the server spends and not what a browser does.
/// </summary>
internal static class ScaleBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var size = new ScaleSize(arguments.Number("families", 1_000_000, 1000, 5_000_000));
        var rounds = arguments.Number("rounds", 5, 1, 50);
        using var folder = arguments.NewFolder();
        Machine.Describe(folder.FullPath);
        var data = arguments.Text("data", folder.Below("data"));
        if (!Directory.Exists(data))
        {
            await using (var empty = BenchHost.Build(data, "http://127.0.0.1:0"))
            {
                await empty.StartAsync();
                await empty.StopAsync();
            }

            var filling = Stopwatch.StartNew();
            ScaleData.Fill(data, size);
            Console.WriteLine($"{size} made in {filling.Elapsed.TotalSeconds:0} s");
        }

        var starting = Stopwatch.StartNew();
        await using var app = BenchHost.Build(data, "http://127.0.0.1:0");
        await app.StartAsync();
        Console.WriteLine($"started in {starting.Elapsed.TotalSeconds:0.0} s");
        await using var scope = app.Services.CreateAsyncScope();
        var lists = new ScaleLists(scope.ServiceProvider, await BenchHost.PersonAsync(scope.ServiceProvider));

        Console.WriteLine();
        Console.WriteLine($"{"list",-44} {"rows",6} {"of",10}   median of {rounds}, ms      CPU ms    (first)");
        foreach (var (name, read) in lists.All.Where(list => list.Name.Contains(arguments.Text("only", ""), StringComparison.Ordinal)))
        {
            await MeasureAsync(name, read, rounds);
        }

        return 0;
    }

    private static async Task MeasureAsync(string name, Func<Task<Seen>> read, int rounds)
    {
        List<double> times = [];
        List<double> work = [];
        Seen seen = new(0, "");
        for (var round = 0; round <= rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            var before = Environment.CpuUsage.TotalTime;
            seen = await read();
            work.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        // The first one compiles its query and reads what no page has been read of.
        var median = Median(times, rounds);
        Console.WriteLine($"{name,-44} {seen.Rows,6} {seen.Of,10}   {median,10:#,##0.0} {(median > 50 ? "over" : ""),-6} {Median(work, rounds),10:#,##0.0} {times[0],10:#,##0.0}");
    }

    private static double Median(List<double> values, int rounds) => values.Skip(1).Order().ElementAt(rounds / 2);
}

/// <summary>How much there is of everything, for so many families.</summary>
internal sealed record ScaleSize(int Families)
{
    public int Clients => Families / 10;

    public int People => Families / 50;

    public int AuditLines => Families * 3 / 10;

    public override string ToString() => $"{Families:#,##0} families of {Clients:#,##0} clients and {People:#,##0} people, {Families * 3:#,##0} lines of lineage, {AuditLines:#,##0} of audit";
}

/// <summary>What a list showed.</summary>
internal sealed record Seen(int Rows, string Of);
