using System.Linq.Expressions;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users.Sessions;

/// <summary>Ends sessions inside a unit of work: the rows, and with the commit every cookie and open page that belongs to them.</summary>
internal static class SessionEnding
{
    /// <param name="unit">The unit.</param>
    /// <param name="which">Which sessions; those that have ended are passed over.</param>
    /// <param name="why">The reason that is kept.</param>
    /// <param name="actor">The user identifier of who asked for it, or <c>system</c>.</param>
    /// <returns>How many were ended.</returns>
    public static async Task<int> EndSessionsAsync(this WriteUnit unit, Expression<Func<BrowserSession, bool>> which, SessionEnd why, string actor)
    {
        var now = unit.Now;
        var ended = await unit.Db.BrowserSessions().Where(which).Where(session => session.EndedAt == null).Select(session => session.SessionId).ToListAsync();
        foreach (var some in ended.Chunk(Batches.Size))
        {
            await unit.Db.BrowserSessions().Where(session => some.Contains(session.SessionId)).ExecuteUpdateAsync(set => set
                .SetProperty(session => session.EndedAt, now)
                .SetProperty(session => session.EndedBy, why)
                .SetProperty(session => session.EndedByActor, actor));
        }

        if (ended.Count > 0)
        {
            unit.Record(new SessionsEnded(ended, actor));
        }

        return ended.Count;
    }
}
