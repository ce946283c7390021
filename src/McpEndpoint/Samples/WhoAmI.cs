using AuthCore.Accounts;
using AuthCore.ResourceServer;
using McpEndpoint.Tools;

namespace McpEndpoint.Samples;

/// <summary>A tool for everybody who is signed in, whatever they allowed.</summary>
internal static class WhoAmI
{
    public static readonly ToolDefinition Definition = new(
        "whoami", ToolAccess.SignedIn, ToolRisk.Read,
        "Says who the signed-in user is, through which client they are connected, which scopes the client was allowed, and when its access token expires.")
    {
        Title = "Who am I",
    };

    public static async Task<Identity> AnswerAsync(AccessGrant grant, IUserDirectory users, CancellationToken cancellationToken) => new(
        grant.UserId, grant.ClientId, [.. grant.Scopes], grant.ExpiresAt, await users.FindEmailAsync(grant.UserId, cancellationToken));

    internal sealed record Identity(string UserId, string ClientId, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt, string? Email = null);
}
