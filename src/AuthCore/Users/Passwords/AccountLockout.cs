using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users.Passwords;

/// <summary>
/// Wrong passwords for one account from wherever they come, in Identity's columns: against many addresses that guess a little each. Higher than the limit
/// for one address, so that one address alone cannot lock a person out.
/// </summary>
internal static class AccountLockout
{
    /// <summary>Wrong passwords in a row.</summary>
    public const int Limit = 100;

    /// <summary>Counts an attempt before it is evaluated; the last one that is allowed locks the account.</summary>
    /// <returns>False when the account is locked or disabled: the password must not be looked at.</returns>
    public static async Task<bool> TryReserveAsync(WriteUnit unit, string userId, TimeSpan lockout)
    {
        var now = unit.Now;
        DateTimeOffset? until = now + lockout;
        return await unit.UpdateUsersAsync(
            user => user.Id == userId && user.DisabledAt == null && (user.LockoutEnd == null || user.LockoutEnd <= now),
            set => set
                .SetProperty(user => user.AccessFailedCount, user => user.AccessFailedCount + 1 < Limit ? user.AccessFailedCount + 1 : 0)
                .SetProperty(user => user.LockoutEnd, user => user.AccessFailedCount + 1 < Limit ? user.LockoutEnd : until)) == 1;
    }

    /// <summary>Writes as much where there was nothing to count, so that the time of a commit does not tell which accounts exist.</summary>
    public static async Task SpendAsync(WriteUnit unit)
    {
        var stamp = NewUsers.NewStamp();
        await unit.Db.Roles().Where(role => role.Name == Roles.Viewer).ExecuteUpdateAsync(set => set.SetProperty(role => role.ConcurrencyStamp, stamp));
    }
}
