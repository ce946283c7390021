using System.Text.Json.Serialization;
using AuthCore.Grants;
using AuthCore.Protocol;

namespace AuthCore.Token;

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

/// <summary>Makes the tokens of a generation that has been committed.</summary>
internal sealed class TokenResponseWriter(AccessTokenIssuer accessTokens, RefreshTokenDeriver refreshTokens)
{
    public TokenResponse Write(TokenFamily family, int generation, ScopeSet scopes)
    {
        var lifetime = accessTokens.LifetimeWithin(family);
        return new TokenResponse(
            accessTokens.Issue(family, scopes, lifetime),
            "Bearer",
            (long)lifetime.TotalSeconds,
            family.Refreshable ? refreshTokens.Derive(family, generation).Reveal() : null,
            scopes.ToString());
    }
}
