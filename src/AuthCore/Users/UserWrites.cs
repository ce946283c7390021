using System.Linq.Expressions;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AuthCore.Users;

/// <summary>
/// The one way to change the row of a person: on the write lane, and always with a new concurrency stamp. A save of Identity that read the row before
/// then fails, instead of writing back what was changed here.
/// </summary>
internal static class UserWrites
{
    /// <returns>How many rows met the condition.</returns>
    public static Task<int> UpdateUsersAsync(this WriteUnit unit, Expression<Func<AuthUser, bool>> which, Action<UpdateSettersBuilder<AuthUser>> change)
    {
        var stamp = NewUsers.NewStamp();
        return unit.Db.Users().Where(which).ExecuteUpdateAsync(set =>
        {
            change(set);
            set.SetProperty(user => user.ConcurrencyStamp, stamp);
        });
    }

    /// <summary>A new security stamp: sessions and devices that carry the old one are no longer the person's.</summary>
    public static UpdateSettersBuilder<AuthUser> RenewSecurityStamp(this UpdateSettersBuilder<AuthUser> set)
    {
        var stamp = NewUsers.NewStamp();
        return set.SetProperty(user => user.SecurityStamp, stamp);
    }
}
