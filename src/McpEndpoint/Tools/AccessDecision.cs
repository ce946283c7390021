using AuthCore.Protocol;

namespace McpEndpoint.Tools;

/// <summary>Whether a caller may use a tool.</summary>
internal abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    public sealed record Allowed : AccessDecision;

    /// <summary>No token was presented; these scopes would be needed.</summary>
    public sealed record SignInNeeded(ScopeSet Scopes) : AccessDecision;

    /// <summary>The token lacks some of these scopes.</summary>
    public sealed record ScopeNeeded(ScopeSet Scopes) : AccessDecision;
}
