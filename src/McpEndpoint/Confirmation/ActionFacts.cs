using AuthCore.Storage.Facts;

namespace McpEndpoint.Confirmation;

/// <summary>A confirmed action came to its end.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="UserId">Who confirmed it.</param>
/// <param name="ClientId">Through which client.</param>
/// <param name="Summary">What the person was shown.</param>
/// <param name="ArgumentsDigest">SHA-256 of the arguments, base64url.</param>
/// <param name="Reference">What the log calls the action: the beginning of a hash.</param>
public abstract record ActionFinished(string Tool, string UserId, string ClientId, string Summary, string ArgumentsDigest, string Reference) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => Tool;
}

/// <summary>It was done.</summary>
/// <inheritdoc/>
[FactName("action.executed")]
public sealed record ActionExecuted(string Tool, string UserId, string ClientId, string Summary, string ArgumentsDigest, string Reference)
    : ActionFinished(Tool, UserId, ClientId, Summary, ArgumentsDigest, Reference);

/// <summary>It failed, or its tool refused it.</summary>
/// <inheritdoc/>
[FactName("action.failed")]
public sealed record ActionFailed(string Tool, string UserId, string ClientId, string Summary, string ArgumentsDigest, string Reference)
    : ActionFinished(Tool, UserId, ClientId, Summary, ArgumentsDigest, Reference);

/// <summary>It was cut off: whether it was done is not known.</summary>
/// <inheritdoc/>
[FactName("action.unknown")]
public sealed record ActionOutcomeUnknown(string Tool, string UserId, string ClientId, string Summary, string ArgumentsDigest, string Reference)
    : ActionFinished(Tool, UserId, ClientId, Summary, ArgumentsDigest, Reference);

/// <summary>For this process: an action that reaches outside was redeemed and begins. Its row is its record.</summary>
[FactName("action.started")]
internal sealed record ActionStarted(string Hash, string UserId, string Tool) : Fact
{
    public override string Actor => UserId;

    public override string Subject => Tool;

    public override bool IsKept => false;
}
