namespace AuthCore.Protocol;

/// <summary>The values of <c>grant_type</c> that the token endpoint knows. To know one is not to give it: who gets which is said apart from that.</summary>
internal static class GrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";

    /// <summary>All of them, as metadata lists them. An administrator can give each to a client of the configuration.</summary>
    public static IReadOnlyList<string> Supported { get; } = [AuthorizationCode, RefreshToken];

    /// <summary>Those that a client may register for itself by naming them: each is answered by a person.</summary>
    public static IReadOnlyList<string> SelfRegistrable { get; } = [AuthorizationCode, RefreshToken];

    /// <summary>What a client gets that names none: one that registers itself, and one of the configuration that has redirect URIs.</summary>
    public static IReadOnlyList<string> DefaultForRegistration { get; } = [AuthorizationCode, RefreshToken];
}
