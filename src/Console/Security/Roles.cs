using System.Security.Claims;

namespace AdminConsole.Security;

/// <summary>The three roles, each of which may do what the one before may.</summary>
internal static class Roles
{
    public const string Viewer = "viewer";
    public const string Operator = "operator";
    public const string Administrator = "administrator";

    /// <summary>The most powerful role that someone has, or "no role".</summary>
    public static string Highest(ClaimsPrincipal person) =>
        new[] { Administrator, Operator, Viewer }.FirstOrDefault(person.IsInRole) ?? "no role";
}
