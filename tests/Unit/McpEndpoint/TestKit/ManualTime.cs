namespace UnitTests.McpEndpoint.TestKit;

/// <summary>A wall clock that a test moves; timers keep real time.</summary>
internal sealed class ManualTime : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Advance(TimeSpan by) => _ahead += by;
}
