using AuthCore.Clients;
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

    public sealed record Issued(TokenResponse Tokens, string FamilyId) : GrantOutcome;

    public sealed record Refused(GrantRefusal Why) : GrantOutcome;
}
