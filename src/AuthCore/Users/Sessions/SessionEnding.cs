using System.Linq.Expressions;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users.Sessions;

/// <summary>Ends sessions inside a unit of work: the rows, and with the commit every cookie and open page that belongs to them.</summary>
internal sealed class SessionEnding(LiveSessions live, ChangeFeed changes)
{
    /// <summary>The actor of what no person did.</summary>
    public const string System = "system";

    /// <param name="unit">The unit.</param>
    /// <param name="which">Which sessions; those that have ended are passed over.</param>
    /// <param name="why">The reason that is kept.</param>
    /// <param name="actor">The user identifier of whoever wishes it, or <see cref="System"/>.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndAsync(WriteUnit unit, Expression<Func<BrowserSession, bool>> which, SessionEnd why, string actor)
    {
        var now = unit.Now;
        var ended = await unit.Db.BrowserSessions().Where(which).Where(session => session.EndedAt == null).Select(session => session.SessionId).ToListAsync();
        foreach (var some in ended.Chunk(500))
        {
            await unit.Db.BrowserSessions().Where(session => some.Contains(session.SessionId)).ExecuteUpdateAsync(set => set
                .SetProperty(session => session.EndedAt, now)
                .SetProperty(session => session.EndedBy, why)
                .SetProperty(session => session.EndedByActor, actor));
        }

        if (ended.Count > 0)
        {
            unit.OnCommitted(() =>
            {
                ended.ForEach(live.Remove);
                changes.Publish(ChangeTopics.Sessions);
            });
        }

        return ended.Count;
    }
}
