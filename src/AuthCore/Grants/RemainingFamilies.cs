using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>Families of disabled clients and people that are not revoked yet. What is left to do is in the rows, so that a restart forgets none of it.</summary>
internal sealed class RemainingFamilies(IReadDatabase database, IWriteLane lane, TimeProvider time)
{
    /// <summary>More than so many at once are found in turns.</summary>
    private const int AtOnce = 1000;

    /// <summary>How many are left of one.</summary>
    public async Task<int> CountAsync(DisabledParty who, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Families().Where(who.Families).Where(FamilyRevocation.StillUsable(time.GetUtcNow())).CountAsync(cancellationToken);
    }

    /// <summary>Who has some left.</summary>
    public async Task<IReadOnlyList<DisabledParty>> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var usable = db.Families().Where(FamilyRevocation.StillUsable(time.GetUtcNow()));
        var clients = await db.Clients().Where(client => client.DisabledAt != null && usable.Any(family => family.ClientId == client.ClientId))
            .Select(client => client.ClientId).Take(AtOnce).ToListAsync(cancellationToken);
        var users = await db.Users().Where(user => user.DisabledAt != null && usable.Any(family => family.UserId == user.Id))
            .Select(user => user.Id).Take(AtOnce).ToListAsync(cancellationToken);
        return [.. clients.Select(DisabledParty.Client), .. users.Select(DisabledParty.User)];
    }

    /// <summary>Revokes all that are left of one, unless they are enabled meanwhile. For the background: it takes its time.</summary>
    /// <returns>How many.</returns>
    public Task<int> RevokeAsync(DisabledParty who, CancellationToken cancellationToken) =>
        lane.WriteAllAtLeisureAsync(time, unit => unit.RevokeRemainingAsync(who), cancellationToken);
}
