using AuthCore.Storage;

namespace AuthCore.Grants;

/// <summary>What of a person's or a client's access was revoked in a unit.</summary>
/// <param name="FamilyIds">The families.</param>
/// <param name="Codes">How many codes on their way to a client were invalidated.</param>
internal sealed record RevokedAccess(IReadOnlyList<string> FamilyIds, int Codes)
{
    public bool IsAny => FamilyIds.Count > 0 || Codes > 0;
}

/// <summary>
/// Revokes what clients may do in a person's name, or what one client may do, within a unit: a line for each thing that has to go. A code on its way to the client
/// goes like the family that it would begin.
/// </summary>
internal static class AccessRevocation
{
    /// <param name="unit">The unit.</param>
    /// <param name="userId">Whose access.</param>
    /// <param name="why">The reason that is kept.</param>
    /// <param name="actor">The user or client identifier of who asked for it.</param>
    /// <param name="atMost">How many families at once.</param>
    public static async Task<RevokedAccess> RevokeOfUserAsync(this WriteUnit unit, string userId, RevocationReason why, string actor, int atMost = int.MaxValue)
    {
        var codes = await unit.InvalidateCodesAsync(code => code.UserId == userId);
        return new RevokedAccess(await unit.RevokeFamiliesAsync(family => family.UserId == userId, why, actor, atMost), codes);
    }

    /// <inheritdoc cref="RevokeOfUserAsync"/>
    public static async Task<RevokedAccess> RevokeOfClientAsync(this WriteUnit unit, string clientId, RevocationReason why, string actor, int atMost = int.MaxValue)
    {
        var codes = await unit.InvalidateCodesAsync(code => code.ClientId == clientId);
        return new RevokedAccess(await unit.RevokeFamiliesAsync(family => family.ClientId == clientId, why, actor, atMost), codes);
    }
}
