using AuthCore.Storage;

namespace AuthCore.Grants;

/// <summary>How much access ended.</summary>
internal sealed record RevokedAccess(int Families, int Codes)
{
    public override string ToString() => Codes == 0 ? $"{Families} families" : $"{Families} families, {Codes} codes";
}

/// <summary>
/// Ends what clients may do in a person's name, or what one client may do, within a unit: a line for each thing that has to end. A code on its way to the client
/// ends like the family that it would begin.
/// </summary>
internal sealed class AccessRevocation(FamilyRevocation families)
{
    /// <param name="unit">The unit.</param>
    /// <param name="userId">Whose access.</param>
    /// <param name="why">The reason that is kept.</param>
    /// <param name="actor">The user or client identifier of who wishes it.</param>
    /// <param name="atMost">How many families at once.</param>
    public async Task<RevokedAccess> RevokeOfUserAsync(WriteUnit unit, string userId, RevocationReason why, string actor, int atMost = int.MaxValue)
    {
        var codes = await unit.InvalidateCodesAsync(code => code.UserId == userId);
        return new RevokedAccess(await families.EndAsync(unit, family => family.UserId == userId, why, actor, atMost), codes);
    }

    /// <inheritdoc cref="RevokeOfUserAsync"/>
    public async Task<RevokedAccess> RevokeOfClientAsync(WriteUnit unit, string clientId, RevocationReason why, string actor, int atMost = int.MaxValue)
    {
        var codes = await unit.InvalidateCodesAsync(code => code.ClientId == clientId);
        return new RevokedAccess(await families.EndAsync(unit, family => family.ClientId == clientId, why, actor, atMost), codes);
    }
}
