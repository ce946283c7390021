using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>Finds the family of a refresh token without spending it.</summary>
internal sealed class RefreshTokenLookup(IReadDatabase database, RefreshTokenDeriver deriver)
{
    /// <summary>The family and the generation that the token is of; null when it was not made here.</summary>
    public async Task<(TokenFamily Family, int Generation)?> FindAsync(string presented, CancellationToken cancellationToken)
    {
        if (!RefreshToken.TryParse(presented, out var parsed))
        {
            return null;
        }

        var token = parsed.Value;
        await using var db = database.Open();
        var family = await db.Families().SingleOrDefaultAsync(family => family.FamilyId == token.FamilyId, cancellationToken);
        return family is not null && deriver.IsGenuine(token, family) ? (family, token.Generation) : null;
    }
}
