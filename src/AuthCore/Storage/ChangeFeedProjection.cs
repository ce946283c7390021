using AuthCore.Storage.Facts;

namespace AuthCore.Storage;

/// <summary>Open pages read again what a fact may have changed, and the audit trail when it grew.</summary>
internal sealed class ChangeFeedProjection(ChangeFeed changes) : IFactProjection
{
    public void Apply(RecordedFact recorded)
    {
        var topics = recorded.Fact.Topics | (recorded.Fact.IsKept ? ChangeTopics.Audit : ChangeTopics.None);
        if (topics != ChangeTopics.None)
        {
            changes.Publish(topics);
        }
    }
}
