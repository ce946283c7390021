using System.Diagnostics;
using AuthCore.Clients;
using AuthCore.Http;
using AuthCore.Protocol;

namespace AuthCore.Token;

/// <summary>RFC 6749 §4.1.3 with PKCE (RFC 7636 §4.5).</summary>
internal sealed class AuthorizationCodeGrant(CodeRedemption redemption, TokenResponseWriter tokens) : IGrant
{
    public string GrantType => GrantTypes.AuthorizationCode;

    public async Task<GrantOutcome> RedeemAsync(Client client, RequestParameters form, RequestSource source, CancellationToken cancellationToken)
    {
        if (form["code"] is not { } code)
        {
            return new GrantOutcome.Refused(GrantRefusal.ParameterMissing);
        }

        var request = new CodeRequest(
            TokenHash.Of(code), client.ClientId, client.Origin is ClientOrigin.Dynamic, form["redirect_uri"], form["code_verifier"], form.Resources, source);
        return await redemption.RedeemAsync(request, cancellationToken) switch
        {
            CodeOutcome.Redeemed redeemed => new GrantOutcome.Issued(
                tokens.Write(redeemed.Family, redeemed.Family.Generation, ScopeSet.FromStorage(redeemed.Family.Scopes)),
                redeemed.Family.FamilyId),
            CodeOutcome.Refused refused => new GrantOutcome.Refused(refused.Why),
            _ => throw new UnreachableException(),
        };
    }
}
