namespace McpAuthConsole.E2ETests.Clients;

/// <summary>What the SDK has been given so far; the members are null before.</summary>
internal sealed record ClientCredentials(string RedirectUrl, string? ClientId, string? AccessToken, string? RefreshToken, string? Scope, int? ExpiresIn);

/// <summary>One HTTP exchange that the SDK made.</summary>
internal sealed record Exchange(string Method, Uri Url, int Status, string? Challenge);
