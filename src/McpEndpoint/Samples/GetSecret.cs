using AuthCore.ResourceServer;
using McpEndpoint.Tools;

namespace McpEndpoint.Samples;

/// <summary>A tool behind a scope.</summary>
internal static class GetSecret
{
    public static readonly ToolDefinition Definition = new(
        "get_secret", ToolAccess.Scopes(SampleScopes.ReadSecret), ToolRisk.Read,
        "Answers with a made-up secret that only a client with the scope read:secret may read. Use it to see a protected tool at work.")
    {
        Title = "Get the sample secret",
    };

    public static string Answer(AccessGrant grant) => $"The secret of user {grant.Subject}: the cake is in the second drawer.";
}
