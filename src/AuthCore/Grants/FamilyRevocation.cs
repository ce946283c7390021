using System.Linq.Expressions;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>Ends families inside a unit of work: the rows, their lineage, and with the commit every access token that grew out of them.</summary>
internal sealed class FamilyRevocation(LivenessSet liveness, ChangeFeed changes)
{
    /// <param name="unit">The unit.</param>
    /// <param name="which">Which families; those that have ended are passed over.</param>
    /// <param name="why">The reason that is kept.</param>
    /// <param name="actor">The user or client identifier of whoever wishes it.</param>
    /// <param name="atMost">How many at once.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndAsync(WriteUnit unit, Expression<Func<TokenFamily, bool>> which, RevocationReason why, string actor, int atMost = int.MaxValue)
    {
        var now = unit.Now;
        var ended = await unit.Db.Families().Where(which).Where(StillUsable(now)).OrderBy(family => family.FamilyId).Take(atMost)
            .Select(family => new { family.FamilyId, family.Generation, family.RotatedAt }).ToListAsync();
        foreach (var some in ended.Chunk(500))
        {
            var ids = some.Select(family => family.FamilyId).ToArray();
            await unit.Db.Families().Where(family => ids.Contains(family.FamilyId)).ExecuteUpdateAsync(set => set
                .SetProperty(family => family.RevokedAt, now)
                .SetProperty(family => family.EndedBy, why)
                .SetProperty(family => family.EndedByActor, actor));
        }

        unit.Db.Generations().AddRange(ended.Select(family => new FamilyGeneration
        {
            FamilyId = family.FamilyId,
            Generation = family.Generation,
            At = now,
            Outcome = GenerationOutcome.Revoked,
        }));
        await unit.Db.SaveChangesAsync();
        unit.OnCommitted(() =>
        {
            ended.ForEach(family => liveness.RevokeFamily(family.FamilyId, family.RotatedAt));
            changes.Publish(ChangeTopics.Families);
        });
        return ended.Count;
    }

    /// <summary>Families of which a token could still be accepted: one may have expired a moment before its last access token.</summary>
    public static Expression<Func<TokenFamily, bool>> StillUsable(DateTimeOffset now)
    {
        var since = now - TokenOptions.LongestAccessToken;
        return family => family.RevokedAt == null && family.ExpiresAt > since;
    }
}
