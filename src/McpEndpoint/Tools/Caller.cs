using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace McpEndpoint.Tools;

/// <summary>Who calls: one a request, known once its access token is validated, read by everything after that.</summary>
internal sealed class Caller
{
    private Func<bool> _isStillAlive = () => false;

    /// <summary>What the access token says; null when none was presented.</summary>
    public AccessGrant? Grant { get; private set; }

    /// <summary>Names this request in answers and in the log.</summary>
    public string CorrelationId { get; set; } = "";

    /// <summary>Whether the storage refused a write during this call, so that the answer can be 503.</summary>
    public bool FoundStorageBusy { get; set; }

    /// <summary>What the call ended with instead of a result, once that is known.</summary>
    public Exception? CallFailure { get; set; }

    /// <summary>The token of the action that this call confirms, and the tool that prepared it (null: there is none), once that was looked up.</summary>
    public (TokenHash Token, string? Tool)? Confirms { get; set; }

    /// <summary>Asks again: between the first look at a token and the action it may have expired or been revoked.</summary>
    public bool IsStillAlive() => _isStillAlive();

    /// <summary>Notes a validated token, and how to validate it again.</summary>
    public void Authenticated(AccessGrant grant, Func<bool> isStillAlive) => (Grant, _isStillAlive) = (grant, isStillAlive);
}
