using AuthCore.Http;
using McpEndpoint.Http;
using McpEndpoint.Tools;
using Microsoft.Extensions.Options;

namespace McpEndpoint.Samples;

/// <summary>A public tool: anybody may call it.</summary>
internal static class About
{
    public static readonly ToolDefinition Definition = new(
        "about", ToolAccess.Public, ToolRisk.Read,
        "Says what this server is, which tools need the user to sign in, and how that is done. Needs no sign-in itself.")
    {
        Title = "About this server",
    };

    public static Description Describe(IOptions<McpOptions> options, PublicOrigin origin) => new(
        options.Value.ServerName, options.Value.ServerVersion, origin.Issuer,
        "Call any protected tool, such as whoami: the client is sent to the sign-in page of this server, the user decides which scopes to allow, "
        + "and the client continues with an access token. The user can revoke the connection at any time on their own page of this server.");

    /// <param name="Name">The server's name.</param>
    /// <param name="Version">Its version.</param>
    /// <param name="AuthorizationServer">Who issues access tokens for it.</param>
    /// <param name="HowToSignIn">What a client and its user do.</param>
    internal sealed record Description(string Name, string Version, string AuthorizationServer, string HowToSignIn);
}
