using System.Net;
using System.Text.Json;

namespace McpAuthConsole.E2ETests.Http;

/// <summary>What the token endpoint answered: tokens, or an error of RFC 6749.</summary>
internal sealed record TokenAnswer(HttpStatusCode Status, string? AccessToken, string? RefreshToken, string? Scope, string? Error)
{
    public static TokenAnswer From(HttpStatusCode status, string body)
    {
        if (body.Length == 0)
        {
            return new TokenAnswer(status, null, null, null, null);
        }

        using var json = JsonDocument.Parse(body);
        string? Member(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new TokenAnswer(status, Member("access_token"), Member("refresh_token"), Member("scope"), Member("error"));
    }
}
