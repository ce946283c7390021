namespace AuthCore.Storage.Facts;

/// <summary>
/// Something in this process that follows from facts. Told of each after its commit and before anybody else hears of it, one at a time and in order. Must not throw and
/// must not wait; one that depends on the write lane could never be made.
/// </summary>
public interface IFactProjection
{
    /// <summary>Follows one fact.</summary>
    void Apply(RecordedFact recorded);
}

/// <summary>Keeps facts, as rows of the same commit. Called by the only writer: it begins, stores for each unit, and hears of the commit, or begins again if there was none.</summary>
internal interface IFactStore
{
    /// <summary>A commit is being gathered.</summary>
    void Begin();

    /// <summary>Adds the rows of one unit. What it throws undoes that unit alone.</summary>
    Task StoreAsync(WriteUnit unit, IReadOnlyList<RecordedFact> facts);

    /// <summary>The rows since <see cref="Begin"/> are durable.</summary>
    void Committed();
}
