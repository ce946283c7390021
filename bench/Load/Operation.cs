namespace Bench.Load;

/// <summary>One kind of request, at one host.</summary>
internal abstract class Operation(LoadTarget target)
{
    protected LoadTarget Target => target;

    /// <summary>What a block of so many requests uses up; not measured.</summary>
    public virtual Task PrepareAsync(int requests) => Task.CompletedTask;

    /// <summary>One request. Throws when the answer is not the one that is measured.</summary>
    /// <param name="number">Counts within the block. Numbers that are equal modulo the count of clients come one after the other.</param>
    public abstract Task SendAsync(int number);
}
