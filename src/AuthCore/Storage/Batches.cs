namespace AuthCore.Storage;

/// <summary>Work on many rows, cut into units small enough that no other writer waits long: some 10 ms each.</summary>
internal static class Batches
{
    /// <summary>Rows of one unit.</summary>
    public const int Size = 100;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

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

    /// <summary>The same for work that nobody waits for: rests after each unit as long as that took, so that others have at least half of the lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="time">Measures and rests.</param>
    /// <param name="batch">One unit, for <see cref="Size"/> rows at most. Returns how many there were.</param>
    /// <param name="cancellationToken">Gives up what has not begun; the units before stay.</param>
    /// <returns>How many rows there were in all.</returns>
    /// <exception cref="StorageBusyException">A unit was not written; those before it were.</exception>
    public static async Task<int> WriteAllAtLeisureAsync(this IWriteLane lane, TimeProvider time, Func<WriteUnit, Task<int>> batch, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            var begun = time.GetTimestamp();
            var rows = await lane.WriteAsync(batch, cancellationToken);
            total += rows;
            if (rows < Size)
            {
                return total;
            }

            var took = time.GetElapsedTime(begun);
            await Task.Delay(took < LongestRest ? took : LongestRest, time, cancellationToken);
        }
    }
}
