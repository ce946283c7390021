namespace AuthCore.Storage.Facts;

/// <summary>Facts that come with no other row.</summary>
internal static class FactRecording
{
    /// <summary>Records one fact in a unit of its own.</summary>
    /// <exception cref="StorageBusyException">It was not recorded.</exception>
    public static Task RecordAsync(this IWriteLane lane, Fact fact, CancellationToken cancellationToken = default) => lane.WriteAsync(
        unit =>
        {
            unit.Record(fact);
            return Task.FromResult(true);
        },
        cancellationToken);
}
