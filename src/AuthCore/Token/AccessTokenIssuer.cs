using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Keys;
using AuthCore.Protocol;
using Microsoft.Extensions.Options;

namespace AuthCore.Token;

/// <summary>Makes access tokens: ES256 JWTs of type <c>at+jwt</c> (RFC 9068 §2).</summary>
internal sealed class AccessTokenIssuer(KeyRing keys, PublicOrigin origin, IOptions<TokenOptions> options, TimeProvider time)
{
    /// <summary>RFC 9068 §2.1.</summary>
    public const string TokenType = "at+jwt";

    /// <summary>The claim that names the family.</summary>
    public const string FamilyClaim = "family";

    /// <summary>How long a token lives that is made now: never past its family.</summary>
    public TimeSpan LifetimeWithin(TokenFamily family)
    {
        var left = family.AbsoluteExpiresAt - time.GetUtcNow();
        return left < options.Value.AccessTokenLifetime ? left : options.Value.AccessTokenLifetime;
    }

    public string Issue(TokenFamily family, ScopeSet scopes, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        return SignedJwt.Write(keys.Signing, TokenType, claims =>
        {
            claims.WriteString("iss"u8, origin.Issuer);
            claims.WriteString("sub"u8, family.Subject);
            claims.WriteString("aud"u8, family.Resource);
            claims.WriteString("client_id"u8, family.ClientId);
            claims.WriteString("scope"u8, scopes.ToString());
            claims.WriteString("jti"u8, Guid.CreateVersion7(now).ToString("N"));
            claims.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            claims.WriteNumber("exp"u8, (now + lifetime).ToUnixTimeSeconds());
            claims.WriteNumber("auth_time"u8, family.AuthenticatedAt.ToUnixTimeSeconds());
            claims.WriteString(FamilyClaim, family.FamilyId);
            if (family.ConfirmationKey is { } thumbprint)
            {
                claims.WriteStartObject("cnf"u8);
                claims.WriteString("jkt"u8, thumbprint);
                claims.WriteEndObject();
            }
        });
    }
}
