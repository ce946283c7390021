using System.Diagnostics;
using System.Diagnostics.Metrics;
using AuthCore.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>
/// Group commit beside one commit per unit of work (<c>Database:LaneBatch</c> 1): the same host, the same load, taking turns, so that
/// whatever else the machine does falls on both.
/// </summary>
internal static class RefreshBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var clients = arguments.Number("clients", 64, 1, 512);
        var time = TimeSpan.FromSeconds(arguments.Number("seconds", 5, 1, 60));
        var turns = arguments.Number("turns", 3, 1, 20);
        using var folder = arguments.NewFolder();
        Machine.Describe(folder.FullPath);

        await using var grouped = await Side.StartAsync("group commit", folder.Below("grouped"), 256, clients);
        await using var single = await Side.StartAsync("one commit per unit", folder.Below("single"), 1, clients);
        foreach (var load in (Load[])[Load.Refresh, Load.Lane])
        {
            List<Measurement> withGroups = [], without = [];
            await grouped.RunAsync(load, time / 5);
            await single.RunAsync(load, time / 5);
            for (var turn = 0; turn < turns; turn++)
            {
                withGroups.Add(await grouped.RunAsync(load, time));
                without.Add(await single.RunAsync(load, time));
            }

            Console.WriteLine();
            Console.WriteLine(load == Load.Refresh
                ? $"refresh: POST /token over loopback HTTP, {clients} clients at once, {turns} turns of {time.TotalSeconds:0} s each"
                : $"lane: one small durable write straight through the write lane, {clients} callers at once, {turns} turns of {time.TotalSeconds:0} s each");
            var ratio = Report("group commit", withGroups) / Report("one commit per unit", without);
            Console.WriteLine($"  ratio                {ratio,10:0.0}");
        }

        return 0;
    }

    /// <returns>The median rate.</returns>
    private static double Report(string name, List<Measurement> turns)
    {
        var median = turns.OrderBy(turn => turn.PerSecond).ElementAt(turns.Count / 2);
        Console.WriteLine($"  {name,-20} {median.PerSecond,10:#,##0}/s   p50 {median.P50:0.0} ms   p99 {median.P99:0.0} ms   {median.UnitsPerCommit:0.0} units a commit"
            + $"   (turns: {string.Join(", ", turns.Select(turn => $"{turn.PerSecond:#,##0}"))})");
        return median.PerSecond;
    }

    private enum Load
    {
        Refresh,
        Lane,
    }

    private sealed record Measurement(double PerSecond, double P50, double P99, double UnitsPerCommit);

    /// <summary>One host and the clients that are connected to it.</summary>
    private sealed class Side(WebApplication app, HttpClient http, OAuthClient client, string[] refreshTokens, CommitCounter commits) : IAsyncDisposable
    {
        private readonly IWriteLane _lane = app.Services.GetRequiredService<IWriteLane>();

        public static async Task<Side> StartAsync(string name, string folder, int laneBatch, int clients)
        {
            var app = BenchHost.Build(folder, "http://127.0.0.1:0", ("Database:LaneBatch", $"{laneBatch}"));
            var commits = new CommitCounter(app.Services.GetRequiredService<IMeterFactory>());
            await app.StartAsync();
            var http = OAuthClient.Http(app.Urls.Single());
            var client = await OAuthClient.RegisterAsync(http);
            var tokens = new string[clients];
            for (var i = 0; i < clients; i++)
            {
                tokens[i] = (await client.ConnectAsync()).Refresh;
            }

            Console.WriteLine($"{name}: {clients} families are there");
            return new Side(app, http, client, tokens, commits);
        }

        public async Task<Measurement> RunAsync(Load load, TimeSpan time)
        {
            commits.Reset();
            var started = Stopwatch.GetTimestamp();
            var latencies = await Task.WhenAll(Enumerable.Range(0, refreshTokens.Length).Select(i => Task.Run(() => LoopAsync(load, i, started, time))));
            var elapsed = Stopwatch.GetElapsedTime(started);
            double[] all = [.. latencies.SelectMany(some => some).Order()];
            return new Measurement(all.Length / elapsed.TotalSeconds, all[all.Length / 2], all[(int)(all.Length * 0.99)], commits.UnitsPerCommit);
        }

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            commits.Dispose();
            await app.DisposeAsync();
        }

        private async Task<List<double>> LoopAsync(Load load, int index, long started, TimeSpan time)
        {
            var latencies = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                var begun = Stopwatch.GetTimestamp();
                await OnceAsync(load, index);
                latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }

            return latencies;
        }

        private async Task OnceAsync(Load load, int index)
        {
            if (load == Load.Lane)
            {
                await _lane.WriteAsync(unit => CounterTable.CountAsync(unit, index));
                return;
            }

            var next = await client.RefreshAsync(refreshTokens[index]) ?? throw new InvalidOperationException("A live refresh token was refused.");
            refreshTokens[index] = next.Refresh;
        }
    }

    /// <summary>Listens to the lane's own histogram.</summary>
    private sealed class CommitCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _commits;
        private long _units;

        public CommitCounter(IMeterFactory factory)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "authcore.lane.batch" && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<int>((_, units, _, _) =>
            {
                Interlocked.Increment(ref _commits);
                Interlocked.Add(ref _units, units);
            });
            _listener.Start();
        }

        public double UnitsPerCommit => _commits == 0 ? 0 : (double)_units / _commits;

        public void Reset() => _commits = _units = 0;

        public void Dispose() => _listener.Dispose();
    }
}
