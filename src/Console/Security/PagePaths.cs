namespace AdminConsole.Security;

/// <summary>Pages that others lead to.</summary>
internal static class PagePaths
{
    /// <summary>Where people sign in.</summary>
    public static LocalPath Login { get; } = LocalPath.Own("/account/login");

    /// <summary>The hub of the console's open pages.</summary>
    public const string Circuits = "/_blazor";

    /// <summary>Signing in for an authorization request that waits.</summary>
    public static LocalPath LoginFor(string ticket) => Login.With("ticket", ticket);

    /// <summary>The consent page of an authorization request.</summary>
    public static LocalPath ConsentFor(string ticket) => LocalPath.Own("/consent").With("ticket", ticket);
}
