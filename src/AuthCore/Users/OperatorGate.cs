using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.ResourceServer;
using AuthCore.Storage.Sqlite;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Users;

/// <summary>
/// Asks the database, at every call, whether a caller may do what they are about to do. What a cookie or an open page believes does not
/// count: a role that was taken away is gone with the next click, and so is what a session of before a changed password could do.
/// </summary>
internal sealed class OperatorGate(SqliteDatabase database, AuditTrail audit, IOptions<IdentityOptions> identity)
{
    private const string ReadScope = "admin:read";
    private const string WriteScope = "admin:write";

    /// <summary>Who calls; null for nobody.</summary>
    public static string? UserIdOf(ClaimsPrincipal caller) =>
        caller.Identity is { IsAuthenticated: true } ? caller.FindFirstValue(ClaimTypes.NameIdentifier) ?? caller.FindFirstValue("sub") : null;

    /// <returns>The caller's user identifier.</returns>
    /// <exception cref="AccessDeniedException">They do not hold the role now. The refusal is in the audit trail.</exception>
    public async Task<string> RequireAsync(ClaimsPrincipal caller, string role, CancellationToken cancellationToken)
    {
        if (UserIdOf(caller) is { } userId && await HoldsAsync(caller, userId, role, cancellationToken))
        {
            return userId;
        }

        await audit.RecordAsync(new AuditEntry("access.denied", UserIdOf(caller) ?? "anonymous", role, "the role is needed and not held"), cancellationToken);
        throw new AccessDeniedException(role);
    }

    /// <summary>Passes owners of a thing without a role, and everybody else with one.</summary>
    /// <returns>The caller's user identifier.</returns>
    /// <exception cref="AccessDeniedException">The caller is neither.</exception>
    public async Task<string> RequireOwnerOrAsync(ClaimsPrincipal caller, string? ownerId, string role, CancellationToken cancellationToken) =>
        ownerId is not null && UserIdOf(caller) == ownerId ? ownerId : await RequireAsync(caller, role, cancellationToken);

    private async Task<bool> HoldsAsync(ClaimsPrincipal caller, string userId, string role, CancellationToken cancellationToken)
    {
        var scope = role == Roles.Viewer ? ReadScope : WriteScope;
        var isGrant = caller.Identity?.AuthenticationType == AccessGrant.AuthenticationType;
        if (isGrant && !caller.HasClaim("scope", scope))
        {
            return false;
        }

        // A session of before the person changed their password changes nothing, although its cookie is only looked at now and then. It may still read
        // until then: an open page of somebody who was given another role goes on showing what that role may see.
        var mayBeOld = isGrant || role == Roles.Viewer;
        var stamp = caller.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);

        var enough = Roles.AtLeast(role);
        await using var db = database.OpenForReading();
        return await db.Users.AnyAsync(
            user => user.Id == userId && user.DisabledAt == null && (mayBeOld || user.SecurityStamp == stamp)
                && db.UserRoles.Any(held => held.UserId == user.Id && db.Roles.Any(known => known.Id == held.RoleId && enough.Contains(known.Name!))),
            cancellationToken);
    }
}
