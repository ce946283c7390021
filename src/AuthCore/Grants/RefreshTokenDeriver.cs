using System.Security.Cryptography;
using System.Text;
using AuthCore.Keys;

namespace AuthCore.Grants;

/// <summary>
/// Derives the refresh token of a generation from the family's secret, which is in the database, and the master key, which is not: an attacker who has only one
/// of the two cannot make one. The same generation always gives the same token, so that a lost answer can be given again.
/// </summary>
internal sealed class RefreshTokenDeriver(MasterKey master)
{
    public RefreshToken Derive(TokenFamily family, int generation) => new(
        family.FamilyId,
        generation,
        HMACSHA256.HashData(master.Derive("refresh-token", family.Secret), Encoding.UTF8.GetBytes($"{family.FamilyId}/{generation}/{family.ClientId}")));

    public bool IsGenuine(RefreshToken presented, TokenFamily family) => presented.Matches(Derive(family, presented.Generation));
}
