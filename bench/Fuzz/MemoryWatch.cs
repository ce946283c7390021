using Bench.Hosts;

namespace Bench.Fuzz;

/// <summary>The host's resident memory over the run.</summary>
internal sealed class MemoryWatch(HostProcess host, Tally tally, int requests)
{
    private readonly List<(int Requests, long Bytes)> _samples = [];
    private volatile bool _ended;

    public long Peak => _samples.Count == 0 ? 0 : _samples.Max(sample => sample.Bytes);

    /// <summary>The median of each tenth of the run.</summary>
    public IEnumerable<long> Tenths =>
        from tenth in Enumerable.Range(0, 10)
        let inside = _samples.Where(sample => sample.Requests * 10L / requests == tenth).Select(sample => sample.Bytes).Order().ToArray()
        where inside.Length > 0
        select inside[inside.Length / 2];

    /// <summary>The last fifth beside the second: before that, caches and pools fill.</summary>
    public double Growth => Tenths.ToArray() is { Length: 10 } tenths ? (double)Math.Min(tenths[8], tenths[9]) / Math.Max(tenths[2], tenths[3]) : 1;

    public async Task RunAsync()
    {
        while (!_ended)
        {
            _samples.Add((Math.Min(tally.Requests, requests - 1), host.ResidentBytes));
            await Task.Delay(250);
        }
    }

    public void Stop() => _ended = true;
}
