namespace AuthCore.Protocol;

/// <summary>Where the endpoints are, at the origin's root.</summary>
internal static class ProtocolPaths
{
    public const string Authorize = "/authorize";
    public const string Token = "/token";
    public const string Register = "/register";
    public const string Revoke = "/revoke";
    public const string Introspect = "/introspect";
    public const string Jwks = "/.well-known/jwks.json";
    public const string AuthorizationServerMetadata = "/.well-known/oauth-authorization-server";
    public const string OpenIdConfiguration = "/.well-known/openid-configuration";
}
