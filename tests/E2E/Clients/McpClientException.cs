namespace McpAuthConsole.E2ETests.Clients;

/// <summary>An error that the SDK raised, and the address it wants the browser to open when it is one of missing authorization.</summary>
internal sealed class McpClientException(string name, string message, Uri? authorizationUrl) : Exception($"{name}: {message}")
{
    public string Name { get; } = name;

    public Uri? AuthorizationUrl { get; } = authorizationUrl;

    public bool IsUnauthorized => Name == "UnauthorizedError";
}
