using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// A person who signs in again from the same installation wants one connection, not one more (decision 18). When the first token of a new family has come back, its
/// client has it for certain, and the older families of the same person, self-registered client, destination and resource are revoked. Only strictly older
/// ones, so that two new families cannot revoke each other.
/// </summary>
internal sealed class Supersession(
    IWriteLane lane, UnprovenFamilies unproven, IOptions<TokenOptions> options, ILogger<Supersession> logger)
{
    /// <summary>The first refresh is the proof.</summary>
    public Task ProveAsync(WriteUnit unit, TokenFamily family) =>
        options.Value.SupersedeOlderGrants ? ProveAsync(unit, family.FamilyId) : Task.CompletedTask;

    /// <summary>So is the first accepted call, which does not wait for it: when the lane takes no more work now, the next call tries again.</summary>
    public void ProveSoon(string familyId)
    {
        if (unproven.TryBeginProof(familyId))
        {
            _ = ProveAndReleaseAsync(familyId);
        }
    }

    private async Task ProveAndReleaseAsync(string familyId)
    {
        try
        {
            await lane.WriteAsync(unit => ProveAsync(unit, familyId));
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

    private static async Task<int> ProveAsync(WriteUnit unit, string familyId)
    {
        // One that was revoked meanwhile proves nothing.
        var proven = await unit.Db.Families().Where(row => row.FamilyId == familyId && row.Unproven && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Unproven, false));
        var family = await unit.Db.Families().AsNoTracking().SingleOrDefaultAsync(row => row.FamilyId == familyId);
        if (proven == 0 || family is null)
        {
            unit.Record(new FamilyProven(familyId, family?.ClientId ?? FactActors.System, Superseded: 0));
            return 0;
        }

        var older = await OlderAsync(unit, family);
        var revoked = older.Length == 0 ? [] : await unit.RevokeFamiliesAsync(row => older.Contains(row.FamilyId), RevocationReason.Superseded, family.ClientId);
        foreach (var one in revoked)
        {
            unit.Record(new FamilySuperseded(one, familyId, family.ClientId));
        }

        unit.Record(new FamilyProven(familyId, family.ClientId, revoked.Count));
        return revoked.Count;
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
                .Where(row => row.RedirectHost is { } there && family.RedirectHost is { } here && RedirectUri.SameDestination(there, here))
                .Select(row => row.FamilyId),
        ];
    }
}
