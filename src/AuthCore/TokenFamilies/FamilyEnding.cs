using AuthCore.Audit;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.TokenFamilies;

/// <summary>
/// The one way in which families end. The rows, the lineage, the audit trail and the liveness set change in one commit, and nobody is told before it.
/// </summary>
internal sealed class FamilyEnding(LivenessSet liveness, ChangeFeed changes, AuditTrail audit)
{
    /// <summary>Ends every family that matches and has not ended.</summary>
    /// <returns>The identifiers of those that ended now.</returns>
    public async Task<IReadOnlyList<string>> EndAsync(
        WriteUnit unit, Func<IQueryable<TokenFamily>, IQueryable<TokenFamily>> which, FamilyEnd why, string actor, RequestSource source)
    {
        var ending = await which(unit.Db.Families).Where(family => family.RevokedAt == null)
            .Select(family => new { family.FamilyId, family.Generation })
            .ToListAsync();
        foreach (var batch in ending.Chunk(500))
        {
            var ids = batch.Select(family => family.FamilyId).ToArray();
            await unit.Db.Families.Where(family => ids.Contains(family.FamilyId) && family.RevokedAt == null)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(family => family.RevokedAt, unit.Now)
                    .SetProperty(family => family.EndedBy, why)
                    .SetProperty(family => family.EndedByActor, actor));
            foreach (var family in batch)
            {
                await unit.AppendGenerationAsync(family.FamilyId, family.Generation, GenerationOutcome.Revoked, source);
            }
        }

        unit.OnCommitted(() =>
        {
            ending.ForEach(family => liveness.RevokeFamily(family.FamilyId));
            changes.Publish(ChangeTopics.Families | ChangeTopics.Clients);
        });
        return [.. ending.Select(family => family.FamilyId)];
    }

    /// <summary>Ends one family because something of it was used twice; the caller has written the lineage.</summary>
    public async Task EndForTheftAsync(WriteUnit unit, TokenFamily family, FamilyEnd why, RequestSource source)
    {
        var ended = await unit.Db.Families.Where(row => row.FamilyId == family.FamilyId && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.RevokedAt, unit.Now)
                .SetProperty(row => row.EndedBy, why)
                .SetProperty(row => row.EndedByActor, family.ClientId)
                .SetProperty(row => row.ReuseMarks, row => row.ReuseMarks + 1));
        if (ended == 0)
        {
            return;
        }

        await audit.AppendAsync(unit, new AuditEntry(
            why == FamilyEnd.CodeReused ? "code.reused" : "refresh_token.reused", family.ClientId, family.FamilyId,
            $"used before from {family.RotatedFrom ?? family.CreatedFrom ?? "an unknown address"}, now from {source.Address ?? "an unknown address"}; the family ended"));
        unit.OnCommitted(() =>
        {
            liveness.RevokeFamily(family.FamilyId);
            changes.Publish(ChangeTopics.Families | ChangeTopics.Clients | ChangeTopics.Audit);
        });
    }
}
