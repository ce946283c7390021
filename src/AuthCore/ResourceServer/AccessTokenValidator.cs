using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Keys;
using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Telemetry;
using AuthCore.Token;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AuthCore.ResourceServer;

/// <summary>
/// Signature first, then liveness. What was once found valid is remembered by its hash until it expires, because the signature costs a hundred times
/// the rest; liveness is asked every time.
/// </summary>
internal sealed class AccessTokenValidator(
    KeyRing keys, LivenessSet liveness, PublicOrigin origin, IActivityLog activity, Supersession supersession, PendingStepUps stepUps, TimeProvider time) : IAccessTokenValidator
{
    /// <summary>Longer than any token made here, in characters.</summary>
    private const int MaxLength = 4096;

    /// <summary>Of one generation: about 60 MB in both, with room for 100,000 tokens in use.</summary>
    private const int MaxRemembered = 100_000;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);
    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = MaxLength };

    private readonly TwoGenerations<TokenHash, AccessGrant> _remembered = new(MaxRemembered);

    public AccessTokenValidation Validate(string token, string resource)
    {
        if (token.Length > MaxLength)
        {
            return Invalid("too long");
        }

        var hash = TokenHash.Of(token);
        if (!_remembered.TryGet(hash, out var grant))
        {
            var checkedToken = CheckSignature(token);
            if (checkedToken is not AccessTokenValidation.Valid { Grant: var fresh })
            {
                return checkedToken;
            }

            grant = fresh;
            _remembered.Add(hash, grant);
        }

        return grant.Resource != resource ? Invalid("for another resource")
            : grant.ExpiresAt + ClockSkew <= time.GetUtcNow() ? Invalid("expired")
            : !liveness.IsAlive(grant.FamilyId, grant.ClientId, grant.UserId) ? Invalid("its family is revoked, or its client or user disabled")
            : new AccessTokenValidation.Valid(grant);
    }

    public void Seen(AccessGrant grant, string? address, string? userAgent)
    {
        activity.Seen(grant.FamilyId, address, UntrustedText.Clean(userAgent, 200));
        supersession.ProveSoon(grant.FamilyId);
    }

    public void InsufficientScope(AccessGrant grant, ScopeSet needed) => stepUps.Add(grant.FamilyId, needed);

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Nothing is fetched, so the task has ended when it is returned.")]
    private AccessTokenValidation CheckSignature(string token)
    {
        // Exactly three parts: an encrypted token has five (RFC 7516 §9) and must never reach the handler.
        if (token.Count(c => c == '.') != 2 || !token.Split('.').All(IsWrittenInOneWay) || !HasOneHeaderOnly(token))
        {
            return Invalid("not a signed JWT");
        }

        // One algorithm and one type, whatever the header says (RFC 8725 §3.1, §3.2, §3.11).
        // Nothing is fetched, so nothing is waited for: the task has ended when it is returned.
        var result = Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [AccessTokenIssuer.TokenType],
            ValidIssuer = origin.Issuer,
            ValidAudiences = origin.Resources,
            IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId) is { } key ? [key] : [],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, expires, _, _) => expires is { } at && at + ClockSkew > time.GetUtcNow().UtcDateTime,
            TryAllIssuerSigningKeys = false,
        }).GetAwaiter().GetResult();
        return result is { IsValid: true, SecurityToken: JsonWebToken jwt } && Read(jwt) is { } grant
            ? new AccessTokenValidation.Valid(grant)
            : Invalid(result.Exception?.GetType().Name ?? "a claim is missing, or it is bound to a key");
    }

    /// <summary>RFC 7515 §2: no padding, no white space, no bits that nothing needs. The handler reads all of these.</summary>
    private static bool IsWrittenInOneWay(string part) => part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && Base64Url.IsValid(part);

    /// <summary>Refuses what two parsers could read differently: repeated members, padding, and any header beyond those that are written here (RFC 7515 §4.1.11).</summary>
    private static bool HasOneHeaderOnly(string token)
    {
        try
        {
            var header = Base64Url.DecodeFromChars(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal)));
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 2 });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.EnumerateObject().All(member => member.Name is "alg" or "typ" or "kid");
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name that is no UTF-8.
            return false;
        }
    }

    private static AccessGrant? Read(JsonWebToken jwt)
    {
        if (jwt.Audiences.ToArray() is not [{ } resource] || jwt.Subject is not { Length: > 0 } subject || jwt.Id is not { Length: > 0 } tokenId
            || !jwt.TryGetPayloadValue<string>("client_id", out var clientId) || !jwt.TryGetPayloadValue<string>(AccessTokenIssuer.FamilyClaim, out var familyId)
            || !jwt.TryGetPayloadValue<string>("scope", out var scope) || !ScopeSet.TryParse(scope, out var scopes)
            || !jwt.TryGetPayloadValue<long>("iat", out var issuedAt) || !jwt.TryGetPayloadValue<long>("exp", out var expiresAt)
            || !jwt.TryGetPayloadValue<long>("auth_time", out var authenticatedAt))
        {
            return null;
        }

        // Bound to a key that no request proves here: a bearer must not get through with it (RFC 9449 §7.1).
        if (jwt.TryGetPayloadValue<object>("cnf", out _))
        {
            return null;
        }

        return new AccessGrant(
            subject == clientId ? null : subject, clientId, familyId, resource, scopes, tokenId,
            DateTimeOffset.FromUnixTimeSeconds(issuedAt), DateTimeOffset.FromUnixTimeSeconds(expiresAt), DateTimeOffset.FromUnixTimeSeconds(authenticatedAt));
    }

    private static AccessTokenValidation.Invalid Invalid(string reason) => new(reason);
}
