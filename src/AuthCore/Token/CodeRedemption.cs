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

/// <summary>What a client shows to exchange a code.</summary>
internal sealed record CodeRequest(
    TokenHash Code, string ClientId, bool SelfRegistered, string? RedirectUri, string? Verifier, IReadOnlyList<string> Resources, RequestSource Source);

/// <summary>What the exchange came to.</summary>
internal abstract record CodeOutcome
{
    private CodeOutcome()
    {
    }

    public sealed record Redeemed(TokenFamily Family) : CodeOutcome;

    public sealed record Refused(GrantRefusal Why) : CodeOutcome;
}

/// <summary>
/// Exchanges a code for a family, once. A stranger or a mistaken redirect URI or resource leaves the code alone; a wrong verifier spoils it; a second use
/// ends the family that the first one made (RFC 6749 §4.1.2, §10.5).
/// </summary>
internal sealed class CodeRedemption(
    IWriteLane lane, ReuseDetection theft, UnprovenFamilies unproven, ChangeFeed changes, PublicOrigin origin, IOptions<TokenOptions> options, ILogger<CodeRedemption> logger)
{
    private const int FirstGeneration = 1;

    public Task<CodeOutcome> RedeemAsync(CodeRequest request, CancellationToken cancellationToken) =>
        lane.WriteAsync(unit => RedeemAsync(unit, request), cancellationToken);

    private async Task<CodeOutcome> RedeemAsync(WriteUnit unit, CodeRequest request)
    {
        var code = await unit.Db.Codes().AsNoTracking().SingleOrDefaultAsync(code => code.Hash == request.Code.Value);
        if (code is null)
        {
            return Refuse(GrantRefusal.CodeUnknown);
        }

        if (code.ClientId != request.ClientId)
        {
            Log.CodeOfAnotherClient(logger, code.ClientId, request.ClientId);
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
        if (!await TryRedeemAsync(unit, code, family?.FamilyId))
        {
            return await RefuseReplayAsync(unit, code, request.Source);
        }

        return family is null ? Refuse(GrantRefusal.VerifierWrong) : await BeginAsync(unit, family, request.Source);
    }

    /// <summary>The one statement that decides who gets the code.</summary>
    private static async Task<bool> TryRedeemAsync(WriteUnit unit, AuthorizationCode code, string? familyId) =>
        await unit.Db.Codes()
            .Where(row => row.Hash == code.Hash && row.RedeemedAt == null && row.ExpiresAt > unit.Now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RedeemedAt, unit.Now).SetProperty(row => row.FamilyId, familyId)) == 1;

    private async Task<CodeOutcome> BeginAsync(WriteUnit unit, TokenFamily family, RequestSource source)
    {
        if (!await unit.Db.Users().AnyAsync(user => user.Id == family.UserId && user.DisabledAt == null))
        {
            return Refuse(GrantRefusal.UserGone);
        }

        unit.Db.Families().Add(family);
        await unit.AppendGenerationAsync(family.FamilyId, FirstGeneration, GenerationOutcome.Issued, source);
        await unit.Db.Clients().Where(client => client.ClientId == family.ClientId)
            .ExecuteUpdateAsync(set => set.SetProperty(client => client.LastGrantedAt, unit.Now));
        unit.OnCommitted(() =>
        {
            if (family.Unproven)
            {
                unproven.Add(family.FamilyId, family.ExpiresAt);
            }

            changes.Publish(ChangeTopics.Families | ChangeTopics.Clients);
        });
        Log.FamilyBegan(logger, family.FamilyId, family.ClientId);
        return new CodeOutcome.Redeemed(family);
    }

    private async Task<CodeOutcome> RefuseReplayAsync(WriteUnit unit, AuthorizationCode code, RequestSource source)
    {
        var familyId = code.FamilyId ?? await unit.Db.Codes().Where(row => row.Hash == code.Hash).Select(row => row.FamilyId).SingleOrDefaultAsync();
        if (familyId is null || await unit.Db.Families().AsNoTracking().SingleOrDefaultAsync(row => row.FamilyId == familyId) is not { } family)
        {
            return Refuse(GrantRefusal.CodeInvalidated);
        }

        if (family.RevokedAt is null)
        {
            await theft.EndAsync(unit, family, family.Generation, RevocationReason.CodeReused, source);
            Log.CodeReused(logger, familyId, family.ClientId);
        }

        return Refuse(GrantRefusal.CodeReused);
    }

    private TokenFamily NewFamily(WriteUnit unit, AuthorizationCode code, CodeRequest request)
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
            Unproven = request.SelfRegistered && lifetimes.SupersedeOlderGrants,
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

    private static CodeOutcome Refuse(GrantRefusal why) => new CodeOutcome.Refused(why);
}
