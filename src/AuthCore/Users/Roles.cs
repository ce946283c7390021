namespace AuthCore.Users;

/// <summary>The console's roles, each including the ones before it. A person without one is an end user.</summary>
public static class Roles
{
    /// <summary>Sees every list.</summary>
    public const string Viewer = "viewer";

    /// <summary>Disables clients, ends sessions, revokes families, and lifts rate limits.</summary>
    public const string Operator = "operator";

    /// <summary>Adds people and gives them roles.</summary>
    public const string Administrator = "administrator";

    /// <summary>All of them, the least first.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Operator, Administrator];

    /// <summary>The roles that may do what the given one may.</summary>
    public static IReadOnlyList<string> AtLeast(string role) => [.. All.SkipWhile(candidate => candidate != role)];
}
