using System.Linq.Expressions;
using AuthCore.Http;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>
/// Revokes families inside a unit of work: the rows, their lineage, and with the commit every access token that grew out of them. Why it was done is another fact,
/// which the caller records.
/// </summary>
internal static class FamilyRevocation
{
    /// <param name="unit">The unit.</param>
    /// <param name="which">Which families; those that are revoked are passed over.</param>
    /// <param name="why">The reason that is kept.</param>
    /// <param name="actor">The user or client identifier of who asked for it.</param>
    /// <param name="atMost">How many at once.</param>
    /// <returns>The identifiers of those that were revoked.</returns>
    public static async Task<IReadOnlyList<string>> RevokeFamiliesAsync(this WriteUnit unit, Expression<Func<TokenFamily, bool>> which, RevocationReason why, string actor, int atMost = int.MaxValue)
    {
        var now = unit.Now;
        var revoked = await unit.Db.Families().Where(which).Where(StillUsable(now)).OrderBy(family => family.ExpiresAt).Take(atMost)
            .Select(family => new { family.FamilyId, family.Generation, family.RotatedAt }).ToListAsync();
        foreach (var some in revoked.Chunk(Batches.Size))
        {
            var ids = some.Select(family => family.FamilyId).ToArray();
            await unit.Db.Families().Where(family => ids.Contains(family.FamilyId)).ExecuteUpdateAsync(set => set
                .SetProperty(family => family.RevokedAt, now)
                .SetProperty(family => family.RevocationReason, why)
                .SetProperty(family => family.RevokedBy, actor));
        }

        foreach (var family in revoked)
        {
            await unit.AppendGenerationAsync(family.FamilyId, family.Generation, GenerationOutcome.Revoked, RequestSource.None);
        }

        if (revoked.Count > 0)
        {
            unit.Record(new FamiliesRevoked([.. revoked.Select(family => new RevokedFamily(family.FamilyId, family.RotatedAt))], actor));
        }

        return [.. revoked.Select(family => family.FamilyId)];
    }

    /// <summary>Families of which a token could still be accepted: one may have expired a moment before its last access token.</summary>
    public static Expression<Func<TokenFamily, bool>> StillUsable(DateTimeOffset now)
    {
        var since = now - TokenOptions.LongestAccessToken;
        return family => family.RevokedAt == null && family.ExpiresAt > since;
    }
}
