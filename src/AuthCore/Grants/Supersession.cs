using AuthCore.Audit;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// Whoever signs in again from the same installation wants one connection, not one more (decision 18). When the first token of a new family has come back, its
/// client has it for certain, and the older families of the same person, self-registered client, destination and resource are revoked. Only strictly older
/// ones, so that two new families cannot end each other.
/// </summary>
internal sealed class Supersession(
    IWriteLane lane, UnprovenFamilies unproven, FamilyRevocation families, AuditTrail audit, IOptions<TokenOptions> options, ILogger<Supersession> logger)
{
    /// <summary>The first refresh is the proof; costs nothing for families that are proven.</summary>
    public async Task ProveAsync(WriteUnit unit, TokenFamily family, AuditSource source)
    {
        if (family.Unproven && options.Value.SupersedeOlderGrants)
        {
            await ProveAsync(unit, family.FamilyId, source);
        }
    }

    /// <summary>So is the first accepted call, which does not wait for it: when the lane takes no more work now, the next call tries again.</summary>
    public void ProveSoon(string familyId)
    {
        if (unproven.TryBeginProof(familyId))
        {
            _ = ProveAsync(familyId, audit.CurrentSource());
        }
    }

    private async Task ProveAsync(string familyId, AuditSource source)
    {
        try
        {
            await lane.WriteAsync(unit => ProveAsync(unit, familyId, source));
        }
        catch (Exception exception)
        {
            Log.ProofNotWritten(logger, familyId, exception);
        }
        finally
        {
            unproven.EndProof(familyId);
        }
    }

    private async Task<int> ProveAsync(WriteUnit unit, string familyId, AuditSource source)
    {
        // One that was revoked meanwhile proves nothing.
        var proven = await unit.Db.Families().Where(row => row.FamilyId == familyId && row.Unproven && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Unproven, false));
        unit.OnCommitted(() => unproven.Remove(familyId));
        if (proven == 0)
        {
            return 0;
        }

        var family = await unit.Db.Families().AsNoTracking().SingleAsync(row => row.FamilyId == familyId);
        var older = await OlderAsync(unit, family);
        if (older.Length == 0)
        {
            return 0;
        }

        var ended = await families.EndAsync(unit, row => older.Contains(row.FamilyId), RevocationReason.Superseded, family.ClientId);
        foreach (var one in older)
        {
            await audit.AppendAsync(unit, source, new AuditEntry("family.superseded", family.ClientId, one, $"replaced by {familyId}"));
        }

        unit.OnCommitted(() => Log.FamiliesSuperseded(logger, familyId, family.ClientId, ended));
        return ended;
    }

    private static async Task<string[]> OlderAsync(WriteUnit unit, TokenFamily family)
    {
        var candidates = await unit.Db.Families()
            .Where(row => row.UserId == family.UserId && row.ClientId == family.ClientId && row.Resource == family.Resource)
            .Where(row => row.CreatedAt <= family.CreatedAt && row.FamilyId != family.FamilyId)
            .Where(FamilyRevocation.StillUsable(unit.Now))
            .Select(row => new { row.FamilyId, row.CreatedAt, row.RedirectHost })
            .ToListAsync();
        return
        [
            .. candidates
                .Where(row => row.CreatedAt < family.CreatedAt || string.CompareOrdinal(row.FamilyId, family.FamilyId) < 0)
                .Where(row => RedirectUri.SameDestination(row.RedirectHost, family.RedirectHost))
                .Select(row => row.FamilyId),
        ];
    }
}
