using System.Linq.Expressions;
using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Sessions;

internal sealed class BrowserSessionDirectory(
    IReadDatabase database, IWriteLane lane, OperatorGate gate, LiveSessions live, SessionEnding ending, AuditTrail audit, IOptions<BrowserSessionOptions> options)
    : IBrowserSessionDirectory
{
    private const int MaxOwn = 200;

    public async Task<Page<SessionRow>> ListAsync(ClaimsPrincipal caller, SessionQuery query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        var sessions = Filter(db, query);
        var page = await Sort(WithPerson(db, sessions), query).Skip(query.Skip).Take(query.Take).ToListAsync(cancellationToken);
        return new Page<SessionRow>([.. page.Select(listed => ToRow(listed, caller))], await sessions.CountAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<SessionRow>> ListOwnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default)
    {
        if (OperatorGate.UserIdOf(caller) is not { } userId)
        {
            return [];
        }

        await using var db = database.Open();
        var own = WithPerson(db, db.BrowserSessions().Where(session => session.UserId == userId && session.EndedAt == null));
        var rows = await own.OrderByDescending(listed => listed.Session.LastSeenAt).Take(MaxOwn).ToListAsync(cancellationToken);
        return [.. rows.Select(listed => ToRow(listed, caller)).OrderByDescending(row => row.IsCallers).ThenByDescending(row => row.LastSeenAt)];
    }

    public async Task<bool> EndAsync(ClaimsPrincipal caller, string sessionId, CancellationToken cancellationToken = default)
    {
        var actor = await gate.RequireAsync(caller, Roles.Operator, cancellationToken);
        return await EndAsync(session => session.SessionId == sessionId, SessionEnd.Operator, actor, sessionId, cancellationToken) > 0;
    }

    public async Task<bool> EndOwnAsync(ClaimsPrincipal caller, string sessionId, CancellationToken cancellationToken = default) =>
        OperatorGate.UserIdOf(caller) is { } userId
        && await EndAsync(session => session.SessionId == sessionId && session.UserId == userId, SessionEnd.User, userId, sessionId, cancellationToken) > 0;

    public async Task<int> EndOthersAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default)
    {
        if (OperatorGate.UserIdOf(caller) is not { } userId || BrowserSessions.IdOf(caller) is not { } here)
        {
            return 0;
        }

        return await EndAsync(session => session.UserId == userId && session.SessionId != here, SessionEnd.User, userId, userId, cancellationToken);
    }

    private Task<int> EndAsync(Expression<Func<BrowserSession, bool>> which, SessionEnd why, string actor, string subject, CancellationToken cancellationToken)
    {
        var source = audit.CurrentSource();
        return lane.WriteAsync(
            async unit =>
            {
                var ended = await ending.EndAsync(unit, which, why, actor);
                if (ended > 0)
                {
                    await audit.AppendAsync(unit, source, new AuditEntry("session.ended", actor, subject, $"{why}, {ended} sessions"));
                }

                return ended;
            },
            cancellationToken);
    }

    private SessionRow ToRow(ListedSession listed, ClaimsPrincipal caller)
    {
        var session = listed.Session;
        var seen = live.LastSeen(session.SessionId) ?? new SessionSighting(session.LastSeenAt, session.LastSeenFrom);
        var idle = seen.At + options.Value.IdleTimeout;
        var absolute = session.BegunAt + options.Value.Lifetime;
        return new SessionRow(
            session.SessionId, session.UserId, listed.Email ?? session.UserId, session.BegunAt, session.BegunFrom, session.UserAgent,
            seen.At, seen.Address, idle < absolute ? idle : absolute, session.EndedAt, session.EndedBy, BrowserSessions.IdOf(caller) == session.SessionId);
    }

    private static IQueryable<ListedSession> WithPerson(DbContext db, IQueryable<BrowserSession> sessions) =>
        from session in sessions
        join user in db.Users() on session.UserId equals user.Id into users
        from user in users.DefaultIfEmpty()
        select new ListedSession { Session = session, Email = user == null ? null : user.Email };

    private static IQueryable<BrowserSession> Filter(DbContext db, SessionQuery query)
    {
        IQueryable<BrowserSession> sessions = db.BrowserSessions();
        if (query.Ended is { } ended)
        {
            sessions = sessions.Where(session => session.EndedAt != null == ended);
        }

        if (query.UserId is { } userId)
        {
            sessions = sessions.Where(session => session.UserId == userId);
        }

        return LikePattern.Containing(query.Search) is not { } pattern ? sessions : sessions.Where(session =>
            EF.Functions.Like(session.SessionId, pattern, LikePattern.Escape)
            || EF.Functions.Like(session.BegunFrom!, pattern, LikePattern.Escape)
            || EF.Functions.Like(session.LastSeenFrom!, pattern, LikePattern.Escape)
            || EF.Functions.Like(session.UserAgent!, pattern, LikePattern.Escape)
            || db.Users().Any(user => user.Id == session.UserId && EF.Functions.Like(user.Email!, pattern, LikePattern.Escape)));
    }

    private static IQueryable<ListedSession> Sort(IQueryable<ListedSession> sessions, SessionQuery query)
    {
        var sorted = query.SortBy is not { } column ? sessions.OrderByDescending(listed => listed.Session.BegunAt) : column switch
        {
            SessionSort.BegunAt => sessions.By(listed => listed.Session.BegunAt, query.Descending),
            SessionSort.LastSeenAt => sessions.By(listed => listed.Session.LastSeenAt, query.Descending),
            SessionSort.User => sessions.By(listed => TextOrder.IgnoringCase(listed.Email!), query.Descending),
        };
        return sorted.ThenBy(listed => listed.Session.SessionId);
    }

    private sealed class ListedSession
    {
        public required BrowserSession Session { get; init; }

        public required string? Email { get; init; }
    }
}
