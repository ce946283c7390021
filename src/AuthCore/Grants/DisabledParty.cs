using System.Linq.Expressions;
using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>A client or a person who is disabled, and has families until the last one is revoked. Nothing of them is accepted meanwhile: liveness refuses by client and person.</summary>
/// <param name="Id">The client's or the person's identifier.</param>
/// <param name="Why"><see cref="RevocationReason.ClientDisabled"/> or <see cref="RevocationReason.UserDisabled"/>.</param>
internal sealed record DisabledParty(string Id, RevocationReason Why)
{
    public static DisabledParty Client(string clientId) => new(clientId, RevocationReason.ClientDisabled);

    public static DisabledParty User(string userId) => new(userId, RevocationReason.UserDisabled);

    private bool IsClient => Why == RevocationReason.ClientDisabled;

    /// <summary>Their families.</summary>
    public Expression<Func<TokenFamily, bool>> Families => IsClient ? family => family.ClientId == Id : family => family.UserId == Id;

    /// <summary>Since when they are; null when they are not, or no longer.</summary>
    public Task<DateTimeOffset?> DisabledAtAsync(DbContext db) => IsClient
        ? db.Clients().Where(client => client.ClientId == Id).Select(client => client.DisabledAt).SingleOrDefaultAsync()
        : db.Users().Where(user => user.Id == Id).Select(user => user.DisabledAt).SingleOrDefaultAsync();

    /// <summary>What is said of families that are revoked after the disabling itself.</summary>
    public Fact Revoked(IReadOnlyList<string> familyIds, string actor) => IsClient
        ? new ClientDisabled(Id, actor, familyIds, Codes: 0)
        : new ConnectionsRevoked(Id, Why, actor, familyIds, Codes: 0);
}

/// <summary>Revokes what the unit that disabled somebody has left for later.</summary>
internal static class DisabledPartyRevocation
{
    /// <summary>Revokes some of their families, in the name of who disabled them.</summary>
    /// <returns>How many; less than <see cref="Batches.Size"/> when none is left, 0 when they are not disabled.</returns>
    public static async Task<int> RevokeRemainingAsync(this WriteUnit unit, DisabledParty who)
    {
        if (await who.DisabledAtAsync(unit.Db) is not { } since)
        {
            return 0;
        }

        var actor = await ActorAsync(unit.Db, who, since);
        var revoked = await unit.RevokeFamiliesAsync(who.Families, who.Why, actor, Batches.Size);
        if (revoked.Count > 0)
        {
            unit.Record(who.Revoked(revoked, actor));
        }

        return revoked.Count;
    }

    /// <summary>Before somebody is enabled, in that unit: nothing that was to be revoked is valid again with them. There is little left, as others have been told to revoke it before.</summary>
    public static async Task RevokeAllRemainingAsync(this WriteUnit unit, DisabledParty who)
    {
        while (await unit.RevokeRemainingAsync(who) == Batches.Size)
        {
        }
    }

    /// <summary>The unit that disabled them revoked the first ones, in the name of who asked for it.</summary>
    private static async Task<string> ActorAsync(DbContext db, DisabledParty who, DateTimeOffset since) =>
        await db.Families().Where(who.Families).Where(family => family.RevokedAt >= since && family.RevocationReason == who.Why)
            .OrderBy(family => family.RevokedAt).Select(family => family.RevokedBy).FirstOrDefaultAsync() ?? FactActors.System;
}
