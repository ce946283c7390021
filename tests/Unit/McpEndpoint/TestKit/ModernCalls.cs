using System.Text.Json.Nodes;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>Requests of revision 2026-07-28, complete unless a test takes something away.</summary>
internal static class ModernCalls
{
    public const string Version = "2026-07-28";

    public static JsonObject Body(string method, JsonObject? parameters = null)
    {
        parameters ??= [];
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Version,
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
        };
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = "a", ["method"] = method, ["params"] = parameters };
    }

    public static Task<McpReply> ModernAsync(this McpHost host, string method, JsonObject? parameters = null, string? token = null)
    {
        var name = (string?)parameters?["name"];
        (string, string)[] headers = [("MCP-Protocol-Version", Version), ("Mcp-Method", method), .. name is null ? [] : new[] { ("Mcp-Name", name) }];
        return host.SendAsync(Body(method, parameters).ToJsonString(), token, headers);
    }
}
