namespace McpEndpoint.Http;

/// <summary>What an MCP client is told about this server, and who may call it from a browser. Bound to the section <c>Mcp</c>.</summary>
public sealed class McpOptions
{
    /// <summary>The name that <c>initialize</c> and <c>server/discover</c> give; 1 to 100 characters.</summary>
    public string ServerName { get; set; } = "McpAuthConsole";

    /// <summary>The version that <c>initialize</c> and <c>server/discover</c> give; 1 to 100 characters.</summary>
    public string ServerVersion { get; set; } = typeof(McpOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>What a model is told about the server as a whole.</summary>
    public string? Instructions { get; set; } =
        "Some tools need the user to sign in; calling one starts that. A tool that changes something answers with a preview first: show its "
        + "summary to the user, and call confirm_request with the confirmation token only after they agreed.";

    /// <summary>
    /// Whether the challenge to a call without a token names every advertised scope instead of what that call needs: for clients that never ask for more later. The
    /// consent page has a box for each, whatever is asked.
    /// </summary>
    public bool ChallengeAllScopes { get; set; }

    /// <summary>
    /// Origins, besides this server's own, whose pages may call the endpoint, e.g. <c>https://inspector.example</c>: scheme, host and port,
    /// no path. While the server is on loopback, every loopback origin may.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
