using AuthCore.Protocol;

namespace McpEndpoint.Tools;

/// <summary>Whether a caller may use a tool.</summary>
internal abstract record AccessDecision
{
    private AccessDecision()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Allowed, T> allowed, Func<SignInNeeded, T> signInNeeded, Func<ScopeNeeded, T> scopeNeeded);

    public sealed record Allowed : AccessDecision
    {
        public override T Match<T>(Func<Allowed, T> allowed, Func<SignInNeeded, T> signInNeeded, Func<ScopeNeeded, T> scopeNeeded) => allowed(this);
    }

    /// <summary>No token was presented; these scopes would be needed.</summary>
    public sealed record SignInNeeded(ScopeSet Scopes) : AccessDecision
    {
        public override T Match<T>(Func<Allowed, T> allowed, Func<SignInNeeded, T> signInNeeded, Func<ScopeNeeded, T> scopeNeeded) => signInNeeded(this);
    }

    /// <summary>The token lacks some of these scopes.</summary>
    public sealed record ScopeNeeded(ScopeSet Scopes) : AccessDecision
    {
        public override T Match<T>(Func<Allowed, T> allowed, Func<SignInNeeded, T> signInNeeded, Func<ScopeNeeded, T> scopeNeeded) => scopeNeeded(this);
    }
}
