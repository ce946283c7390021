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

    /// <summary>One unit after the other revokes what is left of them; the one that finds nothing enables them. So nothing that was to be revoked is valid again.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="who">Who is to be enabled.</param>
    /// <param name="enable">Enables them, in that unit.</param>
    /// <param name="cancellationToken">Gives up what has not begun: they stay disabled.</param>
    public static async Task<T> EnableAsync<T>(this IWriteLane lane, DisabledParty who, Func<WriteUnit, Task<T>> enable, CancellationToken cancellationToken)
        where T : notnull
    {
        while (true)
        {
            var (isDone, done) = await lane.WriteAsync<(bool, T?)>(
                async unit => await unit.RevokeRemainingAsync(who) > 0 ? (false, default) : (true, await enable(unit)), cancellationToken);
            if (isDone)
            {
                return done!;
            }
        }
    }

    /// <summary>The unit that disabled them revoked the first ones, in the name of who asked for it.</summary>
    private static async Task<string> ActorAsync(DbContext db, DisabledParty who, DateTimeOffset since) =>
        await db.Families().Where(who.Families).Where(family => family.RevokedAt >= since && family.RevocationReason == who.Why)
            .OrderBy(family => family.RevokedAt).Select(family => family.RevokedBy).FirstOrDefaultAsync() ?? FactActors.System;
}
