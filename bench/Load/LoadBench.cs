using Bench.Hosts;

namespace Bench.Load;

/// <summary>
/// Built hosts beside each other, each a process of its own: a block of requests at the first, one at the second, and so on, so that whatever else the machine
/// does falls on all. Counted is what the process of the host used, so that the driver's own share of the machine is not.
/// </summary>
internal static class LoadBench
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var clients = arguments.Number("clients", 16, 1, 256);
        var rounds = arguments.Number("rounds", 9, 1, 200);
        var grants = arguments.Number("grants", 256, clients, 10_000) / clients * clients;
        var kinds = Operations.Named(arguments.Text("operations", "")).ToList();
        using var folder = arguments.NewFolder();
        Machine.Describe(folder.FullPath);

        List<LoadTarget> targets = [];
        try
        {
            foreach (var (label, assembly) in Hosts(arguments))
            {
                targets.Add(await LoadTarget.StartAsync(label, assembly, folder.Below($"{targets.Count}"), grants));
            }

            foreach (var kind in kinds)
            {
                Console.WriteLine();
                Console.WriteLine($"{kind.Name}: {clients} clients at once, {rounds} rounds of {kind.Requests:#,##0} requests after {kind.WarmUp:#,##0}; medians, and ratios to {targets[0].Label}");
                Console.WriteLine();
                LoadTable.Print([.. targets.Select(target => target.Label)], await MeasureAsync(kind, targets, clients, rounds));
            }
        }
        finally
        {
            foreach (var target in targets)
            {
                await target.DisposeAsync();
            }
        }

        return 0;
    }

    /// <summary>Every second round goes through the hosts backwards: none is always the one that comes after another.</summary>
    private static async Task<List<Block[]>> MeasureAsync(OperationKind kind, List<LoadTarget> targets, int clients, int rounds)
    {
        Operation[] operations = [.. targets.Select(kind.At)];
        for (var sent = 0; sent < kind.WarmUp; sent += kind.Requests)
        {
            for (var host = 0; host < targets.Count; host++)
            {
                await Block.RunAsync(operations[host], targets[host].Probe, kind.Requests, clients);
            }
        }

        List<Block[]> measured = [];
        for (var round = 0; round < rounds; round++)
        {
            var blocks = new Block[targets.Count];
            foreach (var host in round % 2 == 0 ? Enumerable.Range(0, targets.Count) : Enumerable.Range(0, targets.Count).Reverse())
            {
                blocks[host] = await Block.RunAsync(operations[host], targets[host].Probe, kind.Requests, clients);
            }

            measured.Add(blocks);
        }

        return measured;
    }

    private static IEnumerable<(string Label, string Assembly)> Hosts(Arguments arguments) => arguments.All("host") is { Count: > 0 } named
        ? named.Select(host => host.Split('=', 2) is [var label, var assembly] ? (label, assembly) : throw new ArgumentException($"Not label=path: {host}"))
        : [("built", HostProcess.BuiltHost)];
}
