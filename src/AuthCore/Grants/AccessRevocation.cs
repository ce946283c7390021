using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>What of a person's or a client's access was revoked in a unit.</summary>
/// <param name="FamilyIds">The families.</param>
/// <param name="Codes">How many codes on their way to a client were invalidated.</param>
internal sealed record RevokedAccess(IReadOnlyList<string> FamilyIds, int Codes)
{
    public bool IsAny => FamilyIds.Count > 0 || Codes > 0;

    /// <summary>Whether the unit revoked as many families as one may, so that there may be more.</summary>
    public bool IsFull => FamilyIds.Count == Batches.Size;
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

    /// <summary>Revokes some of a person's connections, and says so.</summary>
    /// <returns>How many; less than <see cref="Batches.Size"/> when none is left.</returns>
    public static async Task<int> RevokeConnectionsAsync(this WriteUnit unit, string userId, RevocationReason why, string actor)
    {
        var revoked = await unit.RevokeOfUserAsync(userId, why, actor, Batches.Size);
        if (revoked.IsAny)
        {
            unit.Record(new ConnectionsRevoked(userId, why, actor, revoked.FamilyIds, revoked.Codes));
        }

        return revoked.FamilyIds.Count;
    }

    /// <summary>
    /// Of a person with very many connections, revokes as many in units of their own as leave few to the unit that is to revoke all of them. It comes first: what a crash
    /// in between leaves is too little access, not too much.
    /// </summary>
    public static Task<int> RevokeMostConnectionsAsync(this IWriteLane lane, string userId, RevocationReason why, string actor, CancellationToken cancellationToken) => lane.WriteAllAsync(
        async unit =>
        {
            var usable = unit.Db.Families().Where(family => family.UserId == userId).Where(FamilyRevocation.StillUsable(unit.Now));
            return await usable.Take(Batches.Size + 1).CountAsync() > Batches.Size ? await unit.RevokeConnectionsAsync(userId, why, actor) : 0;
        },
        cancellationToken);
}
