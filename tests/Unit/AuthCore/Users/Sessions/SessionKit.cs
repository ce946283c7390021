using System.Security.Claims;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Users.Sessions;

/// <summary>People in browser sessions.</summary>
internal static class SessionKit
{
    private static readonly ClaimsPrincipal Anonymous = new();

    public static IBrowserSessions Sessions(this AuthServer server) => server.Get<IBrowserSessions>();

    public static IBrowserSessionDirectory Directory(this AuthServer server) => server.Get<IBrowserSessionDirectory>();

    public static async Task<AuthUser> UserAsync(this AuthServer server, ClaimsPrincipal person)
    {
        await using var db = server.Read();
        return await db.Users().SingleAsync(user => user.Id == person.UserId());
    }

    /// <summary>The person as their session's cookie shows them; <paramref name="before"/> is who was signed in in that browser.</summary>
    public static async Task<ClaimsPrincipal> BeginAsync(this AuthServer server, ClaimsPrincipal person, ClaimsPrincipal? before = null)
    {
        var sessionId = await server.Sessions().BeginAsync(await server.UserAsync(person), before ?? Anonymous);
        return person.In(sessionId.ShouldNotBeNull());
    }

    public static ClaimsPrincipal In(this ClaimsPrincipal person, string sessionId) =>
        new(new ClaimsIdentity([.. person.Claims.Where(claim => claim.Type != IBrowserSessions.SessionIdClaim), new Claim(IBrowserSessions.SessionIdClaim, sessionId)], person.Identity!.AuthenticationType));

    public static string SessionId(this ClaimsPrincipal person) => person.FindFirstValue(IBrowserSessions.SessionIdClaim)!;

    public static bool IsAlive(this AuthServer server, ClaimsPrincipal person) => server.Sessions().IsAlive(person);

    public static async Task<BrowserSession> RowAsync(this AuthServer server, ClaimsPrincipal person)
    {
        await using var db = server.Read();
        return await db.BrowserSessions().SingleAsync(session => session.SessionId == person.SessionId());
    }
}
