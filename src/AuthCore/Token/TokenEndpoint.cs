using System.Text.Json.Serialization;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Http;
using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AuthCore.Token;

/// <summary><c>POST /token</c>: RFC 6749 §3.2.</summary>
internal sealed class TokenEndpoint(
    IEnumerable<IGrant> grants, IDecisionHooks hooks, TokenVeto veto, AccessTokenIssuer accessTokens, RefreshTokenDeriver refreshTokens, ILogger<TokenEndpoint> logger)
{
    private readonly Dictionary<string, IGrant> _grants = grants.ToDictionary(grant => grant.GrantType, StringComparer.Ordinal);
    private readonly bool _mayBeVetoed = hooks.Hear<IssuingTokens>();

    public static Task<IResult> HandleAsync(HttpContext context, TokenEndpoint endpoint, ClientAuthentication authentication) =>
        authentication.ServeAsync(context, (client, form) => endpoint.DecideAsync(context, client, form));

    private async Task<IResult> DecideAsync(HttpContext context, Client client, RequestParameters form)
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
            : _mayBeVetoed && await veto.RefusesAsync(client, grantType, form, context.RequestAborted) ? new GrantOutcome.Refused(GrantRefusal.Vetoed)
            : await grant.RedeemAsync(client, form, RequestSource.Of(context), context.RequestAborted);
        return outcome.Match<IResult>(
            issued =>
            {
                Log.Issued(logger, issued.Family.FamilyId, client.ClientId, grantType);
                return new OAuthJson<TokenResponse>(Answer(issued));
            },
            refused =>
            {
                Log.Refused(logger, grantType, client.ClientId, refused.Why);
                return refused.Why.ToError();
            });
    }

    /// <summary>Makes the tokens of a generation that has been committed.</summary>
    internal TokenResponse Answer(GrantOutcome.Issued issued)
    {
        var lifetime = accessTokens.LifetimeWithin(issued.Family);
        return new TokenResponse(
            accessTokens.Issue(issued.Family, issued.Scopes, lifetime),
            "Bearer",
            (long)lifetime.TotalSeconds,
            issued.Family.Refreshable ? refreshTokens.Derive(issued.Family, issued.Generation).Reveal() : null,
            issued.Scopes.ToString());
    }
}

/// <summary>RFC 6749 §4.1.4, §5.1. It has the raw tokens: it is written to one response and goes nowhere else.</summary>
internal sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("scope")] string Scope)
{
    public override string ToString() => $"({TokenType} token, {Scope})";
}
