namespace AuthCore.Storage;

/// <summary>Work on many rows, cut into units small enough that no other writer waits long: some 10 ms each.</summary>
internal static class Batches
{
    /// <summary>Rows of one unit.</summary>
    public const int Size = 100;

    /// <summary>Writes one unit after the other until one finds fewer rows than it may take.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="batch">One unit, for <see cref="Size"/> rows at most. Returns how many there were.</param>
    /// <param name="cancellationToken">Gives up what has not begun; the units before stay.</param>
    /// <returns>How many rows there were in all.</returns>
    /// <exception cref="StorageBusyException">A unit was not written; those before it were.</exception>
    public static async Task<int> WriteAllAsync(this IWriteLane lane, Func<WriteUnit, Task<int>> batch, CancellationToken cancellationToken)
    {
        var total = 0;
        int rows;
        do
        {
            rows = await lane.WriteAsync(batch, cancellationToken);
            total += rows;
        }
        while (rows == Size);

        return total;
    }
}
