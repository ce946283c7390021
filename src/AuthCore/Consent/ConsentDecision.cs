using AuthCore.Protocol;

namespace AuthCore.Consent;

/// <summary>What a person decided about a request. A delivery turns it into what the client gets.</summary>
internal abstract record ConsentDecision
{
    private ConsentDecision()
    {
    }

    /// <summary>One function for each case.</summary>
    public abstract T Match<T>(Func<Allowed, T> allowed, Func<Denied, T> denied, Func<Undecided, T> undecided);

    /// <summary>The client gets this.</summary>
    /// <param name="UserId">Who allowed it.</param>
    /// <param name="ClientId">Whom.</param>
    /// <param name="Scopes">What, of that which was asked.</param>
    /// <param name="Resource">What for (RFC 8707).</param>
    /// <param name="Refreshable">Whether the client may stay connected by refresh tokens.</param>
    /// <param name="AuthenticatedAt">When the person signed in.</param>
    public sealed record Allowed(string UserId, string ClientId, ScopeSet Scopes, string Resource, bool Refreshable, DateTimeOffset AuthenticatedAt) : ConsentDecision
    {
        public override T Match<T>(Func<Allowed, T> allowed, Func<Denied, T> denied, Func<Undecided, T> undecided) => allowed(this);
    }

    /// <summary>The client gets nothing, and is told so.</summary>
    /// <param name="Why">A sentence for the client.</param>
    public sealed record Denied(string Why) : ConsentDecision
    {
        public override T Match<T>(Func<Allowed, T> allowed, Func<Denied, T> denied, Func<Undecided, T> undecided) => denied(this);
    }

    /// <summary>This answer does not count, and the client is told nothing.</summary>
    /// <param name="Outcome">What the person is told.</param>
    public sealed record Undecided(ConsentOutcome Outcome) : ConsentDecision
    {
        public override T Match<T>(Func<Allowed, T> allowed, Func<Denied, T> denied, Func<Undecided, T> undecided) => undecided(this);
    }
}
