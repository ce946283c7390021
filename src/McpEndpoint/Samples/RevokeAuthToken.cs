using AuthCore.ResourceServer;
using AuthCore.Revocation;
using McpEndpoint.Tools;

namespace McpEndpoint.Samples;

/// <summary>Signs its own connection out.</summary>
internal static class RevokeAuthToken
{
    public static readonly ToolDefinition Definition = new(
        "revoke_auth_token", ToolAccess.SignedIn, ToolRisk.Change,
        "Revokes this client's connection: its access and refresh tokens stop working at once, and the next protected call asks the user to sign in again. "
        + "Call it when the user wants to sign out.")
    {
        Title = "Sign out",
        Idempotent = true,
    };

    public static async Task<string> RevokeAsync(AccessGrant grant, IRevocationService revocation, CancellationToken cancellationToken)
    {
        var outcome = await revocation.RevokeOwnAsync(grant, cancellationToken);
        return outcome.Match(
            revoked => "Signed out: no token of this connection is accepted any more.",
            notFound => "This connection was revoked already.");
    }
}
