using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users;

/// <summary>The tables of people, their roles and their browser sessions.</summary>
internal static class UserTables
{
    public static DbSet<AuthUser> Users(this DbContext db) => db.Set<AuthUser>();

    public static DbSet<IdentityRole> Roles(this DbContext db) => db.Set<IdentityRole>();

    public static DbSet<IdentityUserRole<string>> UserRoles(this DbContext db) => db.Set<IdentityUserRole<string>>();

    public static DbSet<BrowserSession> BrowserSessions(this DbContext db) => db.Set<BrowserSession>();
}
