namespace McpEndpoint.Confirmation;

/// <summary>What executing a confirmed action came to.</summary>
public abstract record Execution
{
    private Execution()
    {
    }

    /// <summary>It was done.</summary>
    /// <param name="Result">Becomes the <c>result</c> of the answer, as JSON; it is stored with the action, so it must hold no secret.</param>
    public sealed record Done(object Result) : Execution;

    /// <summary>It was not done, and nothing was changed.</summary>
    /// <param name="Reason">What stood in the way and what to do; shown to the caller.</param>
    public sealed record Refused(string Reason) : Execution;
}
