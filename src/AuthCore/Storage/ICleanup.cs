namespace AuthCore.Storage;

/// <summary>Something that goes stale and is removed by and by. Every one that is registered has its turn every <c>Database:CleaningPeriod</c>.</summary>
public interface ICleanup
{
    /// <summary>What is removed, in a few words, for the log.</summary>
    string What { get; }

    /// <summary>Removes what is due, in bounded batches, each a unit of its own, so that no request waits long for it. What it throws does not keep the others from their turn.</summary>
    Task CleanAsync(CancellationToken cancellationToken);
}
