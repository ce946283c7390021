using System.Threading.Channels;
using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Hooks;

/// <summary>Facts on their way to hooks. The lane only puts them here: it never waits, and when there are too many the newest is dropped.</summary>
internal sealed class FactQueue(IEnumerable<RegisteredFactHook> hooks, AuthCoreMeter meter, ILogger<FactQueue> logger) : IFactProjection
{
    public const int Capacity = 10_000;

    private readonly RegisteredFactHook[] _hooks = [.. hooks];
    private readonly Channel<RecordedFact> _facts = Channel.CreateBounded<RecordedFact>(Capacity);
    private int _dropped;

    public ChannelReader<RecordedFact> Reader => _facts.Reader;

    public void Apply(RecordedFact recorded)
    {
        if (!_hooks.Any(hook => hook.Hears(recorded.Fact)))
        {
            return;
        }

        if (!_facts.Writer.TryWrite(recorded))
        {
            meter.HookFactsDropped.Add(1);
            if (_dropped++ == 0)
            {
                Log.QueueFull(logger, Capacity);
            }
        }
        else if (_dropped > 0 && _facts.Reader.Count <= Capacity / 2)
        {
            Log.QueueFlows(logger, _dropped);
            _dropped = 0;
        }
    }

    /// <summary>Takes no more.</summary>
    public void Close() => _facts.Writer.TryComplete();
}
