using System.Diagnostics;
using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace McpEndpoint.Tools;

/// <summary>Who may call a tool. There is no default: a tool that does not say is refused at start.</summary>
public abstract record ToolAccess
{
    private ToolAccess()
    {
    }

    /// <summary>Everybody, without a token.</summary>
    public static ToolAccess Public { get; } = new Anyone();

    /// <summary>Everybody with a valid access token, whatever its scopes.</summary>
    public static ToolAccess SignedIn { get; } = new AnyUser();

    /// <summary>Whoever holds all of these scopes. Each must be declared as a <see cref="ScopeDefinition"/>.</summary>
    /// <exception cref="ArgumentException">No scope, or one with a character that RFC 6749 §3.3 does not allow.</exception>
    public static ToolAccess Scopes(params IEnumerable<string> scopes)
    {
        var required = ScopeSet.Of(scopes);
        return required.Count > 0 ? new Scoped(required) : throw new ArgumentException("Name at least one scope, or say Public or SignedIn.", nameof(scopes));
    }

    /// <summary>The scopes that a caller needs; empty when none is needed.</summary>
    internal ScopeSet Required => this is Scoped(var all) ? all : ScopeSet.Empty;

    /// <summary>The one predicate: the gate before dispatch, the guard around each call and the confirmation all ask it.</summary>
    internal AccessDecision Decide(AccessGrant? grant) => this switch
    {
        Anyone => new AccessDecision.Allowed(),
        _ when grant is null => new AccessDecision.SignInNeeded(Required),
        AnyUser => new AccessDecision.Allowed(),
        Scoped(var required) when required.IsSubsetOf(grant.Scopes) => new AccessDecision.Allowed(),
        Scoped(var required) => new AccessDecision.ScopeNeeded(required),
        _ => throw new UnreachableException(),
    };

    private sealed record Anyone : ToolAccess;

    private sealed record AnyUser : ToolAccess;

    private sealed record Scoped(ScopeSet All) : ToolAccess;
}
