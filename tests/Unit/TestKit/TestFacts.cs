using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace UnitTests.TestKit;

/// <summary>A fact of a test, kept.</summary>
[FactName("test.done")]
internal sealed record TestDone(string By, string To, string? Words = null) : Fact
{
    public override string Actor => By;

    public override string Subject => To;
}

/// <summary>Something that a test wants done after the commit, in this process.</summary>
[FactName("test.followed")]
internal sealed record TestFollows(Action Then) : Fact
{
    public override string Actor => "test";

    public override string Subject => "test";

    public override bool IsKept => false;
}

/// <summary>Does what tests want done, and remembers what it was told.</summary>
internal sealed class TestProjection : IFactProjection
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<RecordedFact> _told = [];

    public IEnumerable<Fact> Told => _told.Select(recorded => recorded.Fact);

    public void Apply(RecordedFact recorded)
    {
        _told.Enqueue(recorded);
        if (recorded.Fact is TestFollows follows)
        {
            follows.Then();
        }
    }
}

internal static class TestFactRecording
{
    /// <summary>Runs after the unit's commit and before anybody is told of it.</summary>
    public static void ThenDo(this WriteUnit unit, Action then) => unit.Record(new TestFollows(then));
}
