using System.Security.Claims;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Users;

/// <summary>
/// Asks the database, at every call, whether a caller may do what they are about to do. What a cookie or an open page believes does not
/// count: a role that was taken away is gone with the next click, and so is what a session of before a changed password could do.
/// </summary>
internal sealed class OperatorGate(
    IReadDatabase database, IWriteLane lane, LiveSessions sessions, RecentRefusals refusals, IOptions<IdentityOptions> identity)
{
    private const string ReadScope = "admin:read";
    private const string WriteScope = "admin:write";

    /// <summary>Who calls; null for nobody.</summary>
    public static string? UserIdOf(ClaimsPrincipal caller) =>
        caller.Identity is { IsAuthenticated: true } ? caller.FindFirstValue(ClaimTypes.NameIdentifier) ?? caller.FindFirstValue("sub") : null;

    /// <returns>The caller's user identifier.</returns>
    /// <exception cref="AccessDeniedException">
    /// They do not hold the role now, or their browser session has ended. The refusal is in the audit trail, once a minute for each person and role.
    /// </exception>
    public async Task<string> RequireAsync(ClaimsPrincipal caller, string role, CancellationToken cancellationToken)
    {
        var ended = UserIdOf(caller) is { } somebody && HasEndedSession(caller, somebody);
        if (UserIdOf(caller) is { } userId && !ended && await HoldsAsync(caller, userId, role, cancellationToken))
        {
            return userId;
        }

        var refused = UserIdOf(caller) ?? "anonymous";
        if (refusals.IsFirst(refused, role))
        {
            await RecordAsync(new AccessDenied(refused, role, ended));
        }

        throw new AccessDeniedException(role);
    }

    /// <summary>Whether the caller still waits for the answer or not.</summary>
    private async Task RecordAsync(AccessDenied refusal)
    {
        try
        {
            await lane.RecordAsync(refusal, CancellationToken.None);
        }
        catch (StorageBusyException)
        {
            refusals.Forget(refusal.Actor, refusal.Role);
            throw;
        }
    }

    /// <summary>Passes owners of a thing without a role, and everybody else with one.</summary>
    /// <returns>The caller's user identifier.</returns>
    /// <exception cref="AccessDeniedException">The caller is neither.</exception>
    public async Task<string> RequireOwnerOrAsync(ClaimsPrincipal caller, string? ownerId, string role, CancellationToken cancellationToken) =>
        ownerId is not null && UserIdOf(caller) == ownerId && !HasEndedSession(caller, ownerId) ? ownerId : await RequireAsync(caller, role, cancellationToken);

    /// <summary>An open page goes on believing in its session; this is where it stops. Callers without one, such as access tokens, are checked elsewhere.</summary>
    private bool HasEndedSession(ClaimsPrincipal caller, string userId) =>
        BrowserSessions.IdOf(caller) is { } sessionId && !sessions.IsAlive(sessionId, userId);

    private async Task<bool> HoldsAsync(ClaimsPrincipal caller, string userId, string role, CancellationToken cancellationToken)
    {
        var scope = role == Roles.Viewer ? ReadScope : WriteScope;
        var isGrant = caller.Identity?.AuthenticationType == AccessGrant.AuthenticationType;
        if (isGrant && !caller.HasClaim("scope", scope))
        {
            return false;
        }

        // Sessions end with the commit that changes a password or a role. Where the host keeps none, one of before the change changes nothing all the same,
        // although its cookie is only looked at now and then; it may still read until then.
        var mayBeOld = isGrant || role == Roles.Viewer;
        var stamp = caller.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);

        var enough = Roles.AtLeast(role);
        await using var db = database.Open();
        return await db.Users().AnyAsync(
            user => user.Id == userId && user.DisabledAt == null && (mayBeOld || user.SecurityStamp == stamp)
                && db.UserRoles().Any(held => held.UserId == user.Id && db.Roles().Any(known => known.Id == held.RoleId && enough.Contains(known.Name!))),
            cancellationToken);
    }
}
