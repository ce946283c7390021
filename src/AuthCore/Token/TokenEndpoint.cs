using System.Diagnostics;
using AuthCore.Clients;
using AuthCore.Http;
using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthCore.Token;

/// <summary><c>POST /token</c>: RFC 6749 §3.2.</summary>
internal sealed class TokenEndpoint(IEnumerable<IGrant> grants, TokenVeto veto, ILogger<TokenEndpoint> logger)
{
    private readonly Dictionary<string, IGrant> _grants = grants.ToDictionary(grant => grant.GrantType, StringComparer.Ordinal);

    public static Task<IResult> HandleAsync(HttpContext context, TokenEndpoint endpoint, ClientAuthentication authentication) =>
        authentication.ServeAsync(context, (client, form) => endpoint.DecideAsync(context, client, form));

    private async Task<IResult> DecideAsync(HttpContext context, Client client, FormParameters form)
    {
        if (form["grant_type"] is not { } grantType)
        {
            return OAuthError.InvalidRequest("The parameter grant_type is missing.");
        }

        if (!_grants.TryGetValue(grantType, out var grant))
        {
            return OAuthError.UnsupportedGrantType("This grant type is not offered.");
        }

        var outcome = !client.Allows(grantType) ? new GrantOutcome.Refused(GrantRefusal.GrantNotAllowed)
            : await veto.RefusesAsync(client, grantType, form, context.RequestAborted) ? new GrantOutcome.Refused(GrantRefusal.Vetoed)
            : await grant.RedeemAsync(client, form, RequestSource.Of(context), context.RequestAborted);
        return Write(outcome, client, grantType);
    }

    private IResult Write(GrantOutcome outcome, Client client, string grantType)
    {
        switch (outcome)
        {
            case GrantOutcome.Issued issued:
                Log.Issued(logger, issued.FamilyId, client.ClientId, grantType);
                return new OAuthJson<TokenResponse>(issued.Tokens);
            case GrantOutcome.Refused refused:
                Log.Refused(logger, grantType, client.ClientId, refused.Why);
                return refused.Why.ToError();
            default:
                throw new UnreachableException();
        }
    }
}
