namespace McpEndpoint.Confirmation;

/// <summary>What a two-phase tool says of its execution.</summary>
public abstract record ExecutionResult
{
    private ExecutionResult()
    {
    }

    internal abstract T Match<T>(Func<Done, T> done, Func<Refused, T> refused);

    /// <summary>It was done.</summary>
    /// <param name="Result">Becomes the <c>result</c> of the answer, as JSON; it is stored with the action, so it must hold no secret.</param>
    public sealed record Done(object Result) : ExecutionResult
    {
        internal override T Match<T>(Func<Done, T> done, Func<Refused, T> refused) => done(this);
    }

    /// <summary>It was not done, and nothing was changed.</summary>
    /// <param name="Reason">Why not, and what to do; shown to the caller.</param>
    public sealed record Refused(string Reason) : ExecutionResult
    {
        internal override T Match<T>(Func<Done, T> done, Func<Refused, T> refused) => refused(this);
    }
}
