using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.TokenFamilies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users;

/// <summary>
/// The one way to make a person and to replace a password without the old one: the statements, inside the unit of work of the caller, who appends the
/// audit line. Whatever they write is durable together or not at all.
/// </summary>
internal sealed class AccountWrites(FamilyEnding families)
{
    /// <returns>False when somebody has the e-mail address already; then nothing was written.</returns>
    public static async Task<bool> TryAddAsync(WriteUnit unit, AuthUser user, string? role)
    {
        if (await unit.Db.Users.AnyAsync(other => other.NormalizedEmail == user.NormalizedEmail || other.NormalizedUserName == user.NormalizedUserName))
        {
            return false;
        }

        unit.Db.Users.Add(user);
        await GiveRoleAsync(unit, user.Id, role);
        return true;
    }

    /// <summary>Adds a role to a person who has none.</summary>
    public static async Task GiveRoleAsync(WriteUnit unit, string userId, string? role)
    {
        if (role is not null)
        {
            var roleId = await unit.Db.Roles.Where(known => known.Name == role).Select(known => known.Id).SingleAsync();
            unit.Db.UserRoles.Add(new IdentityUserRole<string> { UserId = userId, RoleId = roleId });
        }

        await unit.Db.SaveChangesAsync();
    }

    /// <summary>
    /// A new password without the old one being shown. Ends the lockout, every session, every connection and every code: somebody else who had the
    /// old password may have made them (RFC 9700 §4.14.2).
    /// </summary>
    /// <returns>How many connections were ended.</returns>
    public async Task<int> SetPasswordAsync(WriteUnit unit, AuthUser user, string passwordHash, string actor)
    {
        user.PasswordHash = passwordHash;
        user.AccessFailedCount = 0;
        user.LockoutEnd = null;
        user.SecurityStamp = NewUsers.NewStamp();
        // A save of Identity that is under way on the older row fails instead of undoing this.
        user.ConcurrencyStamp = NewUsers.NewStamp();
        await unit.Db.SaveChangesAsync();
        var now = unit.Now;
        await unit.Db.Codes.Where(code => code.UserId == user.Id && code.RedeemedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.RedeemedAt, now));
        return await families.EndAsync(unit, family => family.UserId == user.Id, FamilyEnd.Operator, actor);
    }
}
