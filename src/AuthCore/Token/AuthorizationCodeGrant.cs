using System.Security.Cryptography;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Token;

/// <summary>
/// RFC 6749 §4.1.3 with PKCE (RFC 7636 §4.5): exchanges a code for a family, once. Another client, redirect URI or resource leaves the code alone; a wrong verifier
/// invalidates it; a second use revokes the family that the first one made (RFC 6749 §4.1.2, §10.5).
/// </summary>
internal sealed class AuthorizationCodeGrant(
    IWriteLane lane, PublicOrigin origin, IOptions<TokenOptions> options, ILogger<AuthorizationCodeGrant> logger) : IGrant
{
    private const int FirstGeneration = 1;

    public string GrantType => GrantTypes.AuthorizationCode;

    public Task<GrantOutcome> RedeemAsync(Client client, RequestParameters form, RequestSource source, CancellationToken cancellationToken)
    {
        if (form["code"] is not { } code)
        {
            return Task.FromResult(Refuse(GrantRefusal.ParameterMissing));
        }

        var request = new Request(TokenHash.Of(code), client, form["redirect_uri"], form["code_verifier"], form.Resources, source);
        return lane.WriteAsync(unit => RedeemAsync(unit, request), cancellationToken);
    }

    private async Task<GrantOutcome> RedeemAsync(WriteUnit unit, Request request)
    {
        var code = await unit.FindCodeAsync(request.Code.Value);
        if (code is null)
        {
            return Refuse(GrantRefusal.CodeUnknown);
        }

        if (code.ClientId != request.Client.ClientId)
        {
            Log.CodeOfAnotherClient(logger, code.ClientId, request.Client.ClientId);
            return Refuse(GrantRefusal.CodeOfAnotherClient);
        }

        if (code.RedeemedAt is not null)
        {
            return await RefuseReplayAsync(unit, code, request.Source);
        }

        if (code.ExpiresAt <= unit.Now || code.ExpiresAt > unit.Now + TokenOptions.LongestCode)
        {
            return Refuse(GrantRefusal.CodeExpired);
        }

        // OAuth 2.1 §4.1.3: no longer asked for, but what is said must be right.
        if (request.RedirectUri is not null && request.RedirectUri != code.RedirectUri)
        {
            return Refuse(GrantRefusal.RedirectUriMismatch);
        }

        if (request.Resources.Any(resource => !ResourceIndicator.Is(resource, code.Resource, origin)))
        {
            return Refuse(GrantRefusal.ResourceMismatch);
        }

        var verified = request.Verifier is not null && PkceChallenge.FromStorage(code.CodeChallenge).IsMetBy(request.Verifier);
        var family = verified ? NewFamily(unit, code, request) : null;
        if (!await unit.TryRedeemCodeAsync(code.Hash, family?.FamilyId))
        {
            return await RefuseReplayAsync(unit, code, request.Source);
        }

        return family is null ? Refuse(GrantRefusal.VerifierWrong) : await BeginAsync(unit, family, request.Source);
    }

    private static async Task<GrantOutcome> BeginAsync(WriteUnit unit, TokenFamily family, RequestSource source)
    {
        if (family.UserId is not { } userId || !await unit.IsEnabledAsync(userId))
        {
            return Refuse(GrantRefusal.CodeOfDisabledUser);
        }

        await unit.InsertAsync(family);
        await unit.AppendGenerationAsync(family.FamilyId, FirstGeneration, GenerationOutcome.Issued, source);
        await unit.MarkGrantedAsync(family.ClientId);
        unit.Record(new FamilyBegan(family.FamilyId, family.ClientId, family.Unproven, family.ExpiresAt));
        return new GrantOutcome.Issued(family, family.Generation, ScopeSet.FromStorage(family.Scopes));
    }

    private static async Task<GrantOutcome> RefuseReplayAsync(WriteUnit unit, AuthorizationCode code, RequestSource source)
    {
        var familyId = code.FamilyId ?? await unit.Db.Codes().Where(row => row.Hash == code.Hash).Select(row => row.FamilyId).SingleOrDefaultAsync();
        if (familyId is null || await unit.Db.Families().AsNoTracking().SingleOrDefaultAsync(row => row.FamilyId == familyId) is not { } family)
        {
            return Refuse(GrantRefusal.CodeInvalidated);
        }

        if (family.RevokedAt is null)
        {
            await unit.RevokeForCodeAsync(family, source);
        }

        return Refuse(GrantRefusal.CodeReused);
    }

    private TokenFamily NewFamily(WriteUnit unit, AuthorizationCode code, Request request)
    {
        var lifetimes = options.Value;
        return new TokenFamily
        {
            FamilyId = Guid.CreateVersion7(unit.Now).ToString("N"),
            UserId = code.UserId,
            ClientId = code.ClientId,
            RedirectHost = RedirectUri.FromStorage(code.RedirectUri).Display,
            Resource = code.Resource,
            Scopes = code.Scopes,
            Secret = RandomNumberGenerator.GetBytes(32),
            Refreshable = code.Refreshable,

            // A client of the configuration may have many installations under one identifier; none of them replaces another.
            Unproven = request.Client.Origin is ClientOrigin.Dynamic && lifetimes.SupersedeOlderGrants,
            Generation = FirstGeneration,
            RotatedAt = unit.Now,
            RotatedFrom = request.Source.Address,
            AuthenticatedAt = code.AuthenticatedAt,
            CreatedAt = unit.Now,
            CreatedFrom = request.Source.Address,
            CreatedAgent = request.Source.UserAgent,
            ExpiresAt = unit.Now + (code.Refreshable ? lifetimes.RefreshIdle : lifetimes.AccessTokenLifetime),
            AbsoluteExpiresAt = unit.Now + (code.Refreshable ? lifetimes.RefreshAbsolute : lifetimes.AccessTokenLifetime),
        };
    }

    private static GrantOutcome Refuse(GrantRefusal why) => new GrantOutcome.Refused(why);

    /// <summary>What the client shows, and from where.</summary>
    private sealed record Request(
        TokenHash Code, Client Client, string? RedirectUri, string? Verifier, IReadOnlyList<string> Resources, RequestSource Source);
}
