using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users;

/// <summary>Who can administer this host now: the role is held and the account is not disabled.</summary>
internal static class Administrators
{
    public static IQueryable<AuthUser> In(DbContext db) => db.Users().Where(user => user.DisabledAt == null
        && db.UserRoles().Any(held => held.UserId == user.Id && db.Roles().Any(role => role.Id == held.RoleId && role.Name == Roles.Administrator)));
}
