using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Keys;
using AuthCore.Protocol;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthCore.Token;

/// <summary>Makes access tokens: ES256 JWTs of type <c>at+jwt</c> (RFC 9068 §2).</summary>
internal sealed class AccessTokenIssuer(KeyRing keys, PublicOrigin origin, IOptions<TokenOptions> options, TimeProvider time)
{
    /// <summary>RFC 9068 §2.1.</summary>
    public const string TokenType = "at+jwt";

    /// <summary>The claim that names the family.</summary>
    public const string FamilyClaim = "family";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>How long a token lives that is made now: never past its family.</summary>
    public TimeSpan LifetimeWithin(TokenFamily family)
    {
        var left = family.AbsoluteExpiresAt - time.GetUtcNow();
        return left < options.Value.AccessTokenLifetime ? left : options.Value.AccessTokenLifetime;
    }

    public string Issue(TokenFamily family, ScopeSet scopes, TimeSpan lifetime)
    {
        var now = time.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenType,
            SigningCredentials = keys.Signing,
            Claims = new Dictionary<string, object>
            {
                ["iss"] = origin.Issuer,
                ["sub"] = family.UserId,
                ["aud"] = family.Resource,
                ["client_id"] = family.ClientId,
                ["scope"] = scopes.ToString(),
                ["jti"] = Guid.CreateVersion7(now).ToString("N"),
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + lifetime).ToUnixTimeSeconds(),
                ["auth_time"] = family.AuthenticatedAt.ToUnixTimeSeconds(),
                [FamilyClaim] = family.FamilyId,
            },
        });
    }
}
