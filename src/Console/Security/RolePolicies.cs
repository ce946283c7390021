using System.Security.Claims;
using AuthCore.Users;

namespace AdminConsole.Security;

/// <summary>
/// A policy per console role, named like the role and met by that role and those above it. The directories check again, below the pages.
/// </summary>
internal static class RolePolicies
{
    public static void AddRolePolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Roles.All)
        {
            authorization.AddPolicy(role, policy => policy.RequireRole(Roles.AtLeast(role)));
        }
    }

    /// <summary>The most powerful console role that someone has, or null for an end user.</summary>
    public static string? HighestRole(this ClaimsPrincipal person) => Roles.All.LastOrDefault(person.IsInRole);
}
