using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Token;

/// <summary>
/// RFC 6749 §6 with rotation (RFC 9700 §4.14.2): exchanges generation n for n+1, once. Client binding (RFC 6749 §10.4) comes before reuse detection, so that another
/// client can neither spend nor revoke a family; scope and resource come before the exchange, so that a mistake spends nothing.
/// </summary>
internal sealed class RefreshTokenGrant(
    IWriteLane lane, RefreshTokenDeriver deriver, Supersession supersession, PendingStepUps stepUps, PublicOrigin origin,
    IOptions<TokenOptions> options, ILogger<RefreshTokenGrant> logger) : IGrant
{
    public string GrantType => GrantTypes.RefreshToken;

    public Task<GrantOutcome> RedeemAsync(Client client, RequestParameters form, RequestSource source, CancellationToken cancellationToken)
    {
        if (form["refresh_token"] is not { } token)
        {
            return Task.FromResult(Refuse(GrantRefusal.ParameterMissing));
        }

        if (!ScopeSet.TryParse(form["scope"], out var scopes))
        {
            return Task.FromResult(Refuse(GrantRefusal.ScopeMalformed));
        }

        return RefreshToken.TryParse(token, out var presented)
            ? lane.WriteAsync(unit => RotateAsync(unit, new Request(presented.Value, client.ClientId, scopes, form.Resources, source)), cancellationToken)
            : Task.FromResult(Refuse(GrantRefusal.RefreshTokenUnknown));
    }

    private async Task<GrantOutcome> RotateAsync(WriteUnit unit, Request request)
    {
        var presented = request.Presented;
        var (family, isPersonEnabled) = await unit.FindFamilyAsync(presented.FamilyId);
        if (family is not { Refreshable: true } || !deriver.IsGenuine(presented, family))
        {
            return Refuse(GrantRefusal.RefreshTokenUnknown);
        }

        if (family.ClientId != request.ClientId)
        {
            Log.RefreshTokenOfAnotherClient(logger, family.FamilyId, request.ClientId);
            return Refuse(GrantRefusal.RefreshTokenOfAnotherClient);
        }

        if (!isPersonEnabled)
        {
            return Refuse(GrantRefusal.RefreshTokenOfDisabledUser);
        }

        var granted = ScopeSet.FromStorage(family.Scopes);
        if (!request.Scopes.IsSubsetOf(granted))
        {
            return Refuse(GrantRefusal.ScopeWidened);
        }

        if (request.Resources.Any(resource => !ResourceIndicator.Is(resource, family.Resource, origin)))
        {
            return Refuse(GrantRefusal.ResourceMismatch);
        }

        var scopes = request.Scopes.Count > 0 ? request.Scopes : granted;
        if (scopes.Count == granted.Count && CanAdvance(unit, family, presented.Generation) && stepUps.TryRedeem(family.FamilyId, granted))
        {
            return Refuse(GrantRefusal.UserNeeded);
        }

        return await TryAdvanceAsync(unit, family, presented.Generation, request.Source)
            ? new GrantOutcome.Issued(family, presented.Generation + 1, scopes)
            : await HandleRepeatAsync(unit, family, scopes, request);
    }

    private static bool CanAdvance(WriteUnit unit, TokenFamily family, int generation) =>
        family.Generation == generation && family.RevokedAt is null && family.ExpiresAt > unit.Now;

    private async Task<bool> TryAdvanceAsync(WriteUnit unit, TokenFamily family, int generation, RequestSource source)
    {
        var idle = unit.Now + options.Value.RefreshIdle;
        var expires = idle < family.AbsoluteExpiresAt ? idle : family.AbsoluteExpiresAt;
        if (!await unit.TryAdvanceAsync(family.FamilyId, generation, expires, source))
        {
            return false;
        }

        await unit.AppendGenerationAsync(family.FamilyId, generation + 1, GenerationOutcome.Rotated, source);
        if (family.Unproven)
        {
            await supersession.ProveAsync(unit, family);
        }

        unit.Record(new FamilyRotated(family.FamilyId, family.ClientId));
        return true;
    }

    /// <summary>The token was not the newest, or the family is revoked or expired.</summary>
    private async Task<GrantOutcome> HandleRepeatAsync(WriteUnit unit, TokenFamily family, ScopeSet scopes, Request request)
    {
        var generation = request.Presented.Generation;
        if (family.RevokedAt is not null)
        {
            return Refuse(GrantRefusal.FamilyRevoked);
        }

        if (family.ExpiresAt <= unit.Now)
        {
            return Refuse(GrantRefusal.FamilyExpired);
        }

        if (generation > family.Generation)
        {
            // Genuine, but from a future that this database has not seen: it was restored from a backup.
            Log.RefreshTokenFromTheFuture(logger, family.FamilyId, generation, family.Generation);
            return Refuse(GrantRefusal.RefreshTokenUnknown);
        }

        if (generation == family.Generation - 1 && await TryReplayWithinGraceAsync(unit, family, request.Source))
        {
            return new GrantOutcome.Issued(family, family.Generation, scopes);
        }

        await unit.RevokeForTokenAsync(family, generation, request.Source);
        return Refuse(GrantRefusal.RefreshTokenReused);
    }

    /// <summary>The answer to the exchange before was lost, perhaps: gives the same successor again, a few times and for a short while.</summary>
    private async Task<bool> TryReplayWithinGraceAsync(WriteUnit unit, TokenFamily family, RequestSource source)
    {
        var since = unit.Now - options.Value.RefreshGrace;

        // A clock that ran ahead and was put right must not leave a window that lasts until it gets there again.
        var until = unit.Now + options.Value.RefreshGrace;
        var replayed = await unit.Db.Families()
            .Where(row => row.FamilyId == family.FamilyId && row.Generation == family.Generation && row.RevokedAt == null
                && row.RotatedAt > since && row.RotatedAt < until && row.Replays < options.Value.RefreshGraceUses)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Replays, row => row.Replays + 1)
                .SetProperty(row => row.ReuseMarks, row => row.ReuseMarks + 1));
        if (replayed == 0)
        {
            return false;
        }

        var elsewhere = source.Address != family.RotatedFrom;
        await unit.AppendGenerationAsync(
            family.FamilyId, family.Generation, elsewhere ? GenerationOutcome.ReplayedFromElsewhere : GenerationOutcome.Replayed, source);
        if (elsewhere)
        {
            Log.RefreshTokenReplayedFromElsewhere(logger, family.FamilyId, family.Generation);
        }

        unit.Record(new FamilyRotated(family.FamilyId, family.ClientId));
        return true;
    }

    private static GrantOutcome Refuse(GrantRefusal why) => new GrantOutcome.Refused(why);

    /// <summary>What the client asks, and from where.</summary>
    private sealed record Request(RefreshToken Presented, string ClientId, ScopeSet Scopes, IReadOnlyList<string> Resources, RequestSource Source);
}
