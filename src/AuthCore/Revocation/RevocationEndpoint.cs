using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Revocation;

/// <summary>
/// RFC 7009. Either token revokes its whole family. A client's own token, another client's and an invented one get the same answer; only the
/// client's own is gone.
/// </summary>
internal sealed class RevocationEndpoint(
    RefreshTokenLookup refreshTokens, AccessTokenLookup accessTokens, IWriteLane lane)
{
    public static Task<IResult> HandleAsync(HttpContext context, RevocationEndpoint endpoint, ClientAuthentication authentication) =>
        authentication.ServeAsync(context, (client, form) => endpoint.RevokeAsync(context, client, form));

    private async Task<IResult> RevokeAsync(HttpContext context, Client client, RequestParameters form)
    {
        if (form["token"] is not { } token)
        {
            return OAuthError.InvalidRequest("The parameter token is missing.");
        }

        if (!TokenTypeHint.IsKnown(form["token_type_hint"]))
        {
            return OAuthError.InvalidRequest("The token_type_hint is not known.");
        }

        if (await FindFamilyAsync(token, client) is { } familyId)
        {
            await RevokeAsync(familyId, client, context.RequestAborted);
        }

        return new OAuthJson<object>(new object());
    }

    /// <summary>Looks in both places whatever the hint says (RFC 7009 §2.1): neither look costs much, and a wrong hint must not hide a token.</summary>
    private async ValueTask<string?> FindFamilyAsync(string token, Client client)
    {
        if (await refreshTokens.FindAsync(token) is { Family: var family })
        {
            return family.ClientId == client.ClientId ? family.FamilyId : null;
        }

        return accessTokens.Find(token) is { } grant && grant.ClientId == client.ClientId ? grant.FamilyId : null;
    }

    private Task<bool> RevokeAsync(string familyId, Client client, CancellationToken cancellationToken) => lane.WriteAsync(
        async unit =>
        {
            if (await unit.TryRevokeAsync(familyId, RevocationReason.Client, client.ClientId))
            {
                unit.Record(new FamilyRevoked(familyId, RevocationReason.Client, client.ClientId));
            }

            return true;
        },
        cancellationToken);
}
