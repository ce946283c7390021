using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace McpEndpoint.Tools;

/// <summary>Who may call a tool. There is no default: a tool that does not say is refused at start.</summary>
public sealed record ToolAccess
{
    private readonly bool _needsToken;

    private ToolAccess(bool needsToken, ScopeSet required) => (_needsToken, Required) = (needsToken, required);

    /// <summary>Everybody, without a token.</summary>
    public static ToolAccess Public { get; } = new(needsToken: false, ScopeSet.Empty);

    /// <summary>Everybody with a valid access token, whatever its scopes.</summary>
    public static ToolAccess SignedIn { get; } = new(needsToken: true, ScopeSet.Empty);

    /// <summary>Everybody with a valid access token that has all of these scopes. Each must be declared as a <see cref="ScopeDefinition"/>.</summary>
    /// <exception cref="ArgumentException">No scope, or one with a character that RFC 6749 §3.3 does not allow.</exception>
    public static ToolAccess Scopes(params IEnumerable<string> scopes)
    {
        var required = ScopeSet.Of(scopes);
        return required.Count > 0
            ? new(needsToken: true, required)
            : throw new ArgumentException("Name at least one scope, or say Public or SignedIn.", nameof(scopes));
    }

    /// <summary>The scopes that a caller needs; empty when none is needed.</summary>
    internal ScopeSet Required { get; }

    /// <summary>The one predicate: the gate before dispatch, the guard around each call and the confirmation all ask it.</summary>
    internal AccessDecision Decide(AccessGrant? grant)
    {
        if (!_needsToken)
        {
            return new AccessDecision.Allowed();
        }

        if (grant is null)
        {
            return new AccessDecision.SignInNeeded(Required);
        }

        return Required.IsSubsetOf(grant.Scopes) ? new AccessDecision.Allowed() : new AccessDecision.ScopeNeeded(Required);
    }
}
