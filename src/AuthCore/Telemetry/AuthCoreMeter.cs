using System.Diagnostics.Metrics;

namespace AuthCore.Telemetry;

/// <summary>The meter <c>AuthCore</c>.</summary>
internal sealed class AuthCoreMeter
{
    private readonly Meter _meter;

    public AuthCoreMeter(IMeterFactory factory)
    {
        _meter = factory.Create("AuthCore");
        LaneBatch = _meter.CreateHistogram<int>("authcore.lane.batch", "{unit}", "Units of work per commit");
        LaneWait = _meter.CreateHistogram<double>("authcore.lane.wait", "ms", "From queueing to the durable commit");
        RegistrationsDropped = _meter.CreateCounter<int>("authcore.registrations.dropped", "{client}", "Unused registrations dropped to stay within the cap");
        HookFactsDropped = _meter.CreateCounter<int>("authcore.hooks.dropped", "{fact}", "Facts that no hook was told of, because too many waited");
    }

    public Histogram<int> LaneBatch { get; }

    public Histogram<double> LaneWait { get; }

    public Counter<int> RegistrationsDropped { get; }

    public Counter<int> HookFactsDropped { get; }

    public void ObserveLaneQueue(Func<int> length) =>
        _meter.CreateObservableGauge("authcore.lane.queue", length, "{unit}", "Units of work that wait now");
}
