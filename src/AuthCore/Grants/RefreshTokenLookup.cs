using AuthCore.Storage;

namespace AuthCore.Grants;

/// <summary>Finds the family of a refresh token without spending it.</summary>
internal sealed class RefreshTokenLookup(IReadDatabase database, RefreshTokenDeriver deriver)
{
    /// <summary>The family and the generation that the token is of; null when it was not made here.</summary>
    public async ValueTask<(TokenFamily Family, int Generation)?> FindAsync(string presented)
    {
        if (!RefreshToken.TryParse(presented, out var parsed))
        {
            return null;
        }

        var token = parsed.Value;
        var family = await database.FindFamilyAsync(token.FamilyId);
        return family is not null && deriver.IsGenuine(token, family) ? (family, token.Generation) : null;
    }
}
