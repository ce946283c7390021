using AuthCore.Http;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>
/// Revokes a family because something of it was used twice (RFC 9700 §4.14.2). The row, the lineage and the facts are one commit, and no caller is told before it.
/// </summary>
internal static class ReuseDetection
{
    /// <summary>A refresh token that had been rotated away was used again.</summary>
    public static Task RevokeForTokenAsync(this WriteUnit unit, TokenFamily family, int generation, RequestSource source) => unit.RevokeAsync(
        family, generation, RevocationReason.RefreshTokenReused, GenerationOutcome.Reused, source,
        new RefreshTokenReused(family.FamilyId, family.ClientId, generation, family.Generation, family.RotatedFrom, source.Address));

    /// <summary>The code that began it was used again.</summary>
    public static Task RevokeForCodeAsync(this WriteUnit unit, TokenFamily family, RequestSource source) => unit.RevokeAsync(
        family, family.Generation, RevocationReason.CodeReused, GenerationOutcome.CodeReused, source,
        new CodeReused(family.FamilyId, family.ClientId, family.RotatedFrom, source.Address));

    private static async Task RevokeAsync(
        this WriteUnit unit, TokenFamily family, int generation, RevocationReason why, GenerationOutcome outcome, RequestSource source, Fact reuse)
    {
        var revoked = await unit.Db.Families().Where(row => row.FamilyId == family.FamilyId && row.RevokedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.RevokedAt, unit.Now)
                .SetProperty(row => row.RevocationReason, why)
                .SetProperty(row => row.RevokedBy, family.ClientId)
                .SetProperty(row => row.ReuseMarks, row => row.ReuseMarks + 1));
        if (revoked == 0)
        {
            return;
        }

        await unit.AppendGenerationAsync(family.FamilyId, generation, outcome, source);
        unit.Record(new FamiliesRevoked([new RevokedFamily(family.FamilyId, family.RotatedAt)], family.ClientId));
        unit.Record(reuse);
    }
}
