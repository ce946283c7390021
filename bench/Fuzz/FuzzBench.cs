using System.Diagnostics;
using System.Globalization;
using Bench.Hosts;

namespace Bench.Fuzz;

/// <summary>
/// A bounded number of hostile requests over every endpoint of the built host, valid ones bent in one or two places among them. Holds the host to three
/// things: no 5xx but 503, memory that stays flat, and a log that belongs to the operator: few bytes a request, and no control character.
/// </summary>
internal static class FuzzBench
{
    private const int MostBytesLoggedPerRequest = 300;
    private const int LongestLogLine = 2000;
    private const double MostGrowth = 1.25;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var requests = arguments.Number("requests", 1_000_000, 100, 5_000_000);
        var workers = arguments.Number("workers", 24, 1, 64);
        var seed = arguments.Number("seed", 1, 0, int.MaxValue - 100);
        using var folder = arguments.NewFolder();
        Machine.Describe(folder.FullPath);

        var log = new LogWatch();
        await using var host = await HostProcess.StartAsync(
            arguments.Text("host", HostProcess.BuiltHost), folder.Below("data"), [("Logging__LogLevel__Default", arguments.Text("level", "Information"))], log);
        var target = await FuzzTarget.PrepareAsync(host);
        var tally = new Tally();
        var memory = new MemoryWatch(host, tally, requests);
        log.Restart();

        var begun = Stopwatch.GetTimestamp();
        var watching = memory.RunAsync();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker =>
            new FuzzWorker(target, tally, new Random(seed + worker), worker, Share(requests, workers, worker)).RunAsync()));
        var took = Stopwatch.GetElapsedTime(begun);
        memory.Stop();
        await watching;

        var problems = new List<string>(tally.Problems);
        problems.AddRange(await AfterwardsAsync(host, target));
        problems.AddRange(log.Problems(tally.Requests, MostBytesLoggedPerRequest, LongestLogLine));
        problems.AddRange(target.Secrets.Where(log.Contains).Select(_ => "the log holds a token, a cookie or a password"));
        if (memory.Growth > MostGrowth)
        {
            problems.Add($"memory grew by {memory.Growth.ToString("0.00", CultureInfo.InvariantCulture)} from the second fifth of the run to the last");
        }

        Report(tally, log, memory, took, seed, workers);
        problems.Take(40).ToList().ForEach(problem => Console.WriteLine($"  BROKEN: {problem}"));
        Console.WriteLine(problems.Count == 0 ? "  every promise was kept" : $"  {problems.Count} promises were broken");
        return problems.Count == 0 ? 0 : 1;
    }

    private static int Share(int requests, int workers, int worker) => (requests / workers) + (worker < requests % workers ? 1 : 0);

    /// <summary>What was served before has to be served after.</summary>
    private static async Task<IReadOnlyList<string>> AfterwardsAsync(HostProcess host, FuzzTarget target)
    {
        if (host.HasEnded)
        {
            return ["the host ended"];
        }

        var problems = new List<string>();
        using var http = OAuthClient.Http(host.Address);
        using var ready = await http.GetAsync("/healthz/ready");
        if (!ready.IsSuccessStatusCode)
        {
            problems.Add($"/healthz/ready answers {(int)ready.StatusCode} afterwards");
        }

        if (!await target.CanCallAsync(http))
        {
            problems.Add("a good token is not accepted afterwards");
        }

        return problems;
    }

    private static void Report(Tally tally, LogWatch log, MemoryWatch memory, TimeSpan took, int seed, int workers)
    {
        Console.WriteLine();
        Console.WriteLine($"fuzz: {tally.Requests:#,##0} requests, seed {seed}, {workers} connections, {tally.Requests / took.TotalSeconds:#,##0} a second");
        foreach (var (kind, count) in tally.Kinds.OrderByDescending(kind => kind.Value))
        {
            Console.WriteLine($"  {kind,-28} {count,10:#,##0}  {tally.StatusesOf(kind)}");
        }

        Console.WriteLine($"  log: {log.Bytes:#,##0} bytes, {(double)log.Bytes / tally.Requests:0.0} a request; longest line {log.Longest:#,##0}; control characters {log.ControlCharacters:#,##0}");
        Console.WriteLine($"  resident memory, MB at each tenth: {string.Join(' ', memory.Tenths.Select(bytes => bytes >> 20))}; peak {memory.Peak >> 20}");
        foreach (var (line, count) in log.Commonest(8))
        {
            Console.WriteLine($"  log x{count:#,##0}: {line}");
        }
    }
}
