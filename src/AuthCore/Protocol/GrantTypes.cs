namespace AuthCore.Protocol;

/// <summary>The values of <c>grant_type</c> that the token endpoint knows.</summary>
internal static class GrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";

    /// <summary>All of them, as metadata lists them.</summary>
    public static IReadOnlyList<string> All { get; } = [AuthorizationCode, RefreshToken];
}
