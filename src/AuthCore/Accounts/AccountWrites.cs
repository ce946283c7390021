using System.Linq.Expressions;
using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Accounts;

/// <summary>
/// The one way to make a person and to replace a password: the statements, inside the unit of work of the caller, who records
/// the fact. Whatever they write is durable together or not at all.
/// </summary>
internal static class AccountWrites
{
    /// <returns>False when somebody has the e-mail address already; then nothing was written.</returns>
    public static async Task<bool> TryAddAsync(WriteUnit unit, AuthUser user, string? role)
    {
        if (await unit.Db.Users().AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail || other.NormalizedUserName == user.NormalizedUserName))
        {
            return false;
        }

        unit.Db.Users().Add(user);
        await GiveRoleAsync(unit, user.Id, role);
        return true;
    }

    /// <summary>Adds a role to a person who has none.</summary>
    public static async Task GiveRoleAsync(WriteUnit unit, string userId, string? role)
    {
        if (role is not null)
        {
            var roleId = await unit.Db.Roles().Where(known => known.Name == role).Select(known => known.Id).SingleAsync();
            unit.Db.UserRoles().Add(new IdentityUserRole<string> { UserId = userId, RoleId = roleId });
        }

        await unit.Db.SaveChangesAsync();
    }

    /// <summary>
    /// A new password. Ends the lockout and every session, revokes every connection and invalidates every code: somebody else who had the old password may have made them (RFC 9700 §4.14.2).
    /// </summary>
    /// <param name="unit">The unit.</param>
    /// <param name="which">Selects the person, and what must still be true of them.</param>
    /// <param name="userId">Who they are.</param>
    /// <param name="passwordHash">Identity's hash of the new password.</param>
    /// <param name="why">The reason that is kept with each connection.</param>
    /// <param name="actor">Who wishes it.</param>
    /// <returns>What was revoked; null when the condition was not met, and then nothing was written.</returns>
    public static async Task<RevokedAccess?> TrySetPasswordAsync(
        WriteUnit unit, Expression<Func<AuthUser, bool>> which, string userId, string passwordHash, RevocationReason why, string actor)
    {
        var changed = await unit.UpdateUsersAsync(
            which,
            set => set.RenewSecurityStamp()
                .SetProperty(user => user.PasswordHash, passwordHash)
                .SetProperty(user => user.AccessFailedCount, 0)
                .SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null));
        if (changed == 0)
        {
            return null;
        }

        await unit.EndSessionsAsync(session => session.UserId == userId, SessionEnd.PasswordChanged, actor);
        return await unit.RevokeOfUserAsync(userId, why, actor);
    }
}
