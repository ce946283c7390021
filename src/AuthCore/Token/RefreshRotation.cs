using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Token;

/// <summary>What a client asks with a refresh token (RFC 6749 §6).</summary>
internal sealed record RotationRequest(string RefreshToken, string ClientId, ScopeSet Scopes, IReadOnlyList<string> Resources, RequestSource Source);

/// <summary>What it came to.</summary>
internal abstract record RotationOutcome
{
    private RotationOutcome()
    {
    }

    /// <summary>The family as it was before, the generation whose token is the answer, and the scopes of the access token.</summary>
    public sealed record Rotated(TokenFamily Family, int Generation, ScopeSet Scopes) : RotationOutcome;

    public sealed record Refused(GrantRefusal Why) : RotationOutcome;
}

/// <summary>
/// Exchanges generation n for n+1, once. Client binding (RFC 6749 §10.4) comes before reuse detection, so that a stranger can neither spend nor end a family;
/// scope and resource come before the exchange, so that a mistake spends nothing.
/// </summary>
internal sealed class RefreshRotation(
    IWriteLane lane, RefreshTokenDeriver deriver, ReuseDetection theft, Supersession supersession, PendingStepUps stepUps, ChangeFeed changes, PublicOrigin origin,
    IOptions<TokenOptions> options, ILogger<RefreshRotation> logger)
{
    public Task<RotationOutcome> RotateAsync(RotationRequest request, CancellationToken cancellationToken) =>
        RefreshToken.TryParse(request.RefreshToken, out var presented)
            ? lane.WriteAsync(unit => RotateAsync(unit, presented.Value, request), cancellationToken)
            : Task.FromResult(Refuse(GrantRefusal.RefreshTokenUnknown));

    private async Task<RotationOutcome> RotateAsync(WriteUnit unit, RefreshToken presented, RotationRequest request)
    {
        var family = await unit.Db.Families().AsNoTracking().SingleOrDefaultAsync(family => family.FamilyId == presented.FamilyId);
        if (family is not { Refreshable: true } || !deriver.IsGenuine(presented, family))
        {
            return Refuse(GrantRefusal.RefreshTokenUnknown);
        }

        if (family.ClientId != request.ClientId)
        {
            Log.RefreshTokenOfAnotherClient(logger, family.FamilyId, request.ClientId);
            return Refuse(GrantRefusal.RefreshTokenOfAnotherClient);
        }

        if (!await unit.Db.Users().AnyAsync(user => user.Id == family.UserId && user.DisabledAt == null))
        {
            return Refuse(GrantRefusal.UserDisabled);
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
            ? new RotationOutcome.Rotated(family, presented.Generation + 1, scopes)
            : await HandleRepeatAsync(unit, family, presented.Generation, scopes, request);
    }

    private static bool CanAdvance(WriteUnit unit, TokenFamily family, int generation) =>
        family.Generation == generation && family.RevokedAt is null && family.ExpiresAt > unit.Now;

    private async Task<bool> TryAdvanceAsync(WriteUnit unit, TokenFamily family, int generation, RequestSource source)
    {
        var idle = unit.Now + options.Value.RefreshIdle;
        var expires = idle < family.AbsoluteExpiresAt ? idle : family.AbsoluteExpiresAt;
        var won = await unit.Db.Families()
            .Where(row => row.FamilyId == family.FamilyId && row.Generation == generation && row.RevokedAt == null && row.ExpiresAt > unit.Now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Generation, generation + 1)
                .SetProperty(row => row.RotatedAt, unit.Now)
                .SetProperty(row => row.RotatedFrom, source.Address)
                .SetProperty(row => row.Replays, 0)
                .SetProperty(row => row.ExpiresAt, expires));
        if (won == 0)
        {
            return false;
        }

        await unit.AppendGenerationAsync(family.FamilyId, generation + 1, GenerationOutcome.Rotated, source);
        await supersession.ProveAsync(unit, family, source.Audit);
        unit.OnCommitted(() => changes.Publish(ChangeTopics.Families));
        return true;
    }

    /// <summary>The token was not the newest, or the family is over.</summary>
    private async Task<RotationOutcome> HandleRepeatAsync(WriteUnit unit, TokenFamily family, int generation, ScopeSet scopes, RotationRequest request)
    {
        if (family.RevokedAt is not null)
        {
            return Refuse(GrantRefusal.FamilyEnded);
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
            return new RotationOutcome.Rotated(family, family.Generation, scopes);
        }

        await theft.EndAsync(unit, family, generation, RevocationReason.RefreshTokenReused, request.Source);
        Log.RefreshTokenReused(logger, family.FamilyId, family.ClientId, generation, family.Generation);
        return Refuse(GrantRefusal.RefreshTokenReused);
    }

    /// <summary>The answer to the exchange before was lost, perhaps: gives the same successor again, a few times and for a short while.</summary>
    private async Task<bool> TryReplayWithinGraceAsync(WriteUnit unit, TokenFamily family, RequestSource source)
    {
        var since = unit.Now - options.Value.RefreshGrace;

        // A clock that ran ahead and was put right must not leave a window that lasts until it gets there again.
        var until = unit.Now + options.Value.RefreshGrace;
        var forgiven = await unit.Db.Families()
            .Where(row => row.FamilyId == family.FamilyId && row.Generation == family.Generation && row.RevokedAt == null
                && row.RotatedAt > since && row.RotatedAt < until && row.Replays < options.Value.RefreshGraceUses)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Replays, row => row.Replays + 1)
                .SetProperty(row => row.ReuseMarks, row => row.ReuseMarks + 1));
        if (forgiven == 0)
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

        unit.OnCommitted(() => changes.Publish(ChangeTopics.Families));
        return true;
    }

    private static RotationOutcome Refuse(GrantRefusal why) => new RotationOutcome.Refused(why);
}
