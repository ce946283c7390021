using System.Security.Claims;
using System.Security.Cryptography;
using AuthCore.Http;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Sessions;

internal sealed class BrowserSessions(
    IWriteLane lane, LiveSessions live, IHttpContextAccessor http, IOptions<BrowserSessionOptions> options)
    : IBrowserSessions
{
    private const int IdentifierBytes = 16;

    public async Task<string?> BeginAsync(AuthUser user, ClaimsPrincipal before, CancellationToken cancellationToken = default)
    {
        var agent = http.HttpContext is { } context ? RequestAgent.Of(context) : null;
        var replaced = IdOf(before);
        return await lane.WriteAsync(
            async unit =>
            {
                var stamp = user.SecurityStamp;
                if (!await unit.Db.Users().AnyAsync(row => row.Id == user.Id && row.DisabledAt == null && row.SecurityStamp == stamp))
                {
                    return null;
                }

                await unit.EndSessionsAsync(session => session.SessionId == replaced, SessionEnd.Replaced, user.Id);
                await MakeRoomAsync(unit, user.Id);
                return await InsertAsync(unit, user.Id, agent);
            },
            cancellationToken);
    }

    public async Task EndAsync(ClaimsPrincipal person, SessionEnd why, CancellationToken cancellationToken = default)
    {
        if (IdOf(person) is not { } sessionId || OperatorGate.UserIdOf(person) is not { } userId)
        {
            return;
        }

        await lane.WriteAsync(
            async unit =>
            {
                if (await unit.EndSessionsAsync(session => session.SessionId == sessionId && session.UserId == userId, why, userId) > 0)
                {
                    unit.Record(new SessionEnded(sessionId, why, userId, 1));
                }

                return true;
            },
            cancellationToken);
    }

    public bool IsAlive(ClaimsPrincipal person) =>
        IdOf(person) is { } sessionId && OperatorGate.UserIdOf(person) is { } userId && live.IsAlive(sessionId, userId);

    public void Seen(ClaimsPrincipal person, string? address)
    {
        if (IdOf(person) is { } sessionId)
        {
            live.Seen(sessionId, address);
        }
    }

    public void OnEnded(Action<string> ended) => live.OnEnded(ended);

    /// <summary>The session that a caller claims to be in; null for callers who are not signed in, and for callers that have none, such as access tokens.</summary>
    public static string? IdOf(ClaimsPrincipal person) => person.FindFirstValue(IBrowserSessions.SessionIdClaim);

    private async Task MakeRoomAsync(WriteUnit unit, string userId)
    {
        var alive = unit.Db.BrowserSessions().Where(session => session.UserId == userId && session.EndedAt == null);
        var keep = options.Value.PerPerson - 1;
        var least = await alive.OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.SessionId).Skip(keep).Select(session => session.SessionId).ToListAsync();
        if (least.Count > 0)
        {
            await unit.EndSessionsAsync(session => least.Contains(session.SessionId), SessionEnd.TooMany, FactActors.System);
        }
    }

    private static async Task<string> InsertAsync(WriteUnit unit, string userId, string? agent)
    {
        var session = new BrowserSession
        {
            SessionId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdentifierBytes)),
            UserId = userId,
            BegunAt = unit.Now,
            AuthenticatedAt = unit.Now,
            BegunFrom = unit.Origin.Address,
            UserAgent = agent,
            LastSeenAt = unit.Now,
            LastSeenFrom = unit.Origin.Address,
        };
        unit.Db.BrowserSessions().Add(session);
        await unit.Db.SaveChangesAsync();
        unit.Record(new SessionBegan(session));
        return session.SessionId;
    }
}
