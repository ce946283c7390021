using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Introspection;

/// <summary>
/// RFC 7662, for clients with a secret. One that an administrator added may ask about every access token, as a resource server must; one that
/// registered itself only about its own. Everything else, above all what is not alive now (RFC 7662 §4), is inactive, without a reason.
/// </summary>
internal sealed class IntrospectionEndpoint(
    AccessTokenLookup accessTokens, RefreshTokenLookup refreshTokens, LivenessSet liveness, PublicOrigin origin,
    TimeProvider time)
{
    public static Task<IResult> HandleAsync(HttpContext context, IntrospectionEndpoint endpoint, ClientAuthentication authentication) =>
        authentication.ServeAsync(context, (client, form) => endpoint.IntrospectAsync(client, form));

    private async Task<IResult> IntrospectAsync(Client client, RequestParameters form)
    {
        if (client.AuthMethod == ClientAuthMethods.None)
        {
            return OAuthError.InvalidClient;
        }

        if (form["token"] is not { } token)
        {
            return OAuthError.InvalidRequest("The parameter token is missing.");
        }

        if (!TokenTypeHint.IsKnown(form["token_type_hint"]))
        {
            return OAuthError.InvalidRequest("The token_type_hint is not known.");
        }

        var answer = accessTokens.Find(token) is { } grant
            ? DescribeAccessToken(grant, client)
            : await DescribeRefreshTokenAsync(token, client);
        return new OAuthJson<IntrospectionResponse>(answer);
    }

    private IntrospectionResponse DescribeAccessToken(AccessGrant grant, Client asker) =>
        asker.Origin != ClientOrigin.Preregistered && grant.ClientId != asker.ClientId
            ? IntrospectionResponse.Inactive
            : new IntrospectionResponse
            {
                Active = true,
                TokenType = "Bearer",
                Issuer = origin.Issuer,
                Audience = grant.Resource,
                Subject = grant.Subject,
                ClientId = grant.ClientId,
                Scope = grant.Scopes.ToString(),
                TokenId = grant.TokenId,
                IssuedAt = grant.IssuedAt.ToUnixTimeSeconds(),
                ExpiresAt = grant.ExpiresAt.ToUnixTimeSeconds(),
            };

    /// <summary>Only the newest refresh token is active, and only for the client that holds it: no other client should ever see one.</summary>
    private async Task<IntrospectionResponse> DescribeRefreshTokenAsync(string token, Client asker)
    {
        if (await refreshTokens.FindAsync(token) is not var (family, generation)
            || family.ClientId != asker.ClientId || !family.Refreshable || generation != family.Generation
            || family.RevokedAt is not null || family.ExpiresAt <= time.GetUtcNow()
            || !liveness.IsAlive(family.FamilyId, family.ClientId, family.UserId))
        {
            return IntrospectionResponse.Inactive;
        }

        return new IntrospectionResponse
        {
            Active = true,
            Issuer = origin.Issuer,
            Audience = family.Resource,
            Subject = family.Subject,
            ClientId = family.ClientId,
            Scope = family.Scopes,
            IssuedAt = family.RotatedAt.ToUnixTimeSeconds(),
            ExpiresAt = family.ExpiresAt.ToUnixTimeSeconds(),
        };
    }
}
