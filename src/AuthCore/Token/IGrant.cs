using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;

namespace AuthCore.Token;

/// <summary>One value of <c>grant_type</c>.</summary>
internal interface IGrant
{
    string GrantType { get; }

    Task<GrantOutcome> RedeemAsync(Client client, RequestParameters form, RequestSource source, CancellationToken cancellationToken);
}

/// <summary>What a grant came to.</summary>
internal abstract record GrantOutcome
{
    private GrantOutcome()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Issued, T> issued, Func<Refused, T> refused);

    /// <summary>Committed: what the response is made of.</summary>
    /// <param name="Family">Its row, as it was read or made.</param>
    /// <param name="Generation">Whose refresh token is the answer.</param>
    /// <param name="Scopes">Of the access token.</param>
    public sealed record Issued(TokenFamily Family, int Generation, ScopeSet Scopes) : GrantOutcome
    {
        public override T Match<T>(Func<Issued, T> issued, Func<Refused, T> refused) => issued(this);
    }

    public sealed record Refused(GrantRefusal Why) : GrantOutcome
    {
        public override T Match<T>(Func<Issued, T> issued, Func<Refused, T> refused) => refused(this);
    }
}
