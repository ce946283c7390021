using System.Linq.Expressions;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

internal static class CodeInvalidation
{
    /// <summary>Makes codes that nobody has redeemed useless, within the unit: what revokes somebody's access must not leave a grant on its way.</summary>
    /// <returns>How many could still have been redeemed.</returns>
    public static Task<int> InvalidateCodesAsync(this WriteUnit unit, Expression<Func<AuthorizationCode, bool>> which)
    {
        DateTimeOffset? now = unit.Now;
        return unit.Db.Codes().Where(which).Where(code => code.RedeemedAt == null && code.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(code => code.RedeemedAt, now));
    }
}
