using AuthCore.Audit;
using AuthCore.Http;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>
/// Ends a family because something of it was used twice. The row, the lineage, the audit line and the liveness set change in one commit, and nobody is
/// told before it.
/// </summary>
internal sealed class ReuseDetection(LivenessSet liveness, ChangeFeed changes, AuditTrail audit)
{
    public async Task EndAsync(WriteUnit unit, TokenFamily family, int generation, RevocationReason why, RequestSource source)
    {
        var ended = await unit.Db.Families().Where(row => row.FamilyId == family.FamilyId && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.RevokedAt, unit.Now)
                .SetProperty(row => row.EndedBy, why)
                .SetProperty(row => row.EndedByActor, family.ClientId)
                .SetProperty(row => row.ReuseMarks, row => row.ReuseMarks + 1));
        if (ended == 0)
        {
            return;
        }

        var isCode = why == RevocationReason.CodeReused;
        await unit.AppendGenerationAsync(family.FamilyId, generation, isCode ? GenerationOutcome.CodeReused : GenerationOutcome.Reused, source);
        await audit.AppendAsync(unit, source.Audit, new AuditEntry(
            isCode ? "code.reused" : "refresh_token.reused", family.ClientId, family.FamilyId,
            $"used before from {family.RotatedFrom ?? "an unknown address"}, now from {source.Address ?? "an unknown address"}; the family ended"));
        unit.OnCommitted(() =>
        {
            liveness.RevokeFamily(family.FamilyId, family.RotatedAt);
            changes.Publish(ChangeTopics.Families | ChangeTopics.Clients);
        });
    }
}
