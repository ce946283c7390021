using System.Diagnostics;
using Bench.Hosts;

namespace Bench.Load;

/// <summary>A block of requests of one kind at one host, and what each of them cost.</summary>
internal sealed record Block(double Cpu, double Kilobytes, double P50, double P99, double PerSecond, long Compiled)
{
    /// <param name="operation">What is sent.</param>
    /// <param name="probe">Of the host that it is sent to.</param>
    /// <param name="requests">How many in all.</param>
    /// <param name="clients">How many of them at once.</param>
    public static async Task<Block> RunAsync(Operation operation, Probe probe, int requests, int clients)
    {
        await operation.PrepareAsync(requests);
        var before = await probe.ReadAsync();
        var begun = Stopwatch.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => SendAsync(operation, client, requests, clients))));
        var took = Stopwatch.GetElapsedTime(begun);
        var used = await probe.ReadAsync() - before;
        double[] sorted = [.. latencies.SelectMany(some => some).Order()];
        return new Block(
            used.Cpu.TotalMilliseconds / requests,
            used.Allocated / 1024.0 / requests,
            sorted[sorted.Length / 2],
            sorted[(int)(sorted.Length * 0.99)],
            requests / took.TotalSeconds,
            used.Compiled);
    }

    private static async Task<List<double>> SendAsync(Operation operation, int client, int requests, int clients)
    {
        var latencies = new List<double>();
        for (var number = client; number < requests; number += clients)
        {
            var begun = Stopwatch.GetTimestamp();
            await operation.SendAsync(number);
            latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return latencies;
    }
}
