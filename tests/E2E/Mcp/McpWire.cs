using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Mcp;

/// <summary>Messages as no SDK would send them, down to the bytes.</summary>
internal static class McpWire
{
    public const string Modern = "2026-07-28";

    private static readonly HttpClient Http = new();

    /// <summary>A request as JSON; parameters are given as JSON, so that they can be wrong.</summary>
    public static string Request(string method, string? parameters = null) =>
        $$"""{"jsonrpc":"2.0","id":"the-id","method":{{JsonValue.Create(method).ToJsonString()}}{{(parameters is null ? "" : $",\"params\":{parameters}")}}}""";

    public static Task<McpAnswer> CallToolAsync(this RunningHost host, string tool, string arguments, string? token = null) =>
        host.PostMcpAsync(Request("tools/call", $$"""{"name":{{JsonValue.Create(tool).ToJsonString()}},"arguments":{{arguments}}}"""), token);

    /// <summary>The same message in the revision without a handshake.</summary>
    public static Task<McpAnswer> PostModernAsync(this RunningHost host, string method, string parameters, params (string Name, string Value)[] headers)
    {
        var withMeta = JsonNode.Parse(parameters)!.AsObject();
        withMeta["_meta"] ??= new JsonObject();
        withMeta["_meta"]!["io.modelcontextprotocol/protocolVersion"] = Modern;
        withMeta["_meta"]!["io.modelcontextprotocol/clientCapabilities"] ??= new JsonObject();
        return host.PostMcpAsync(Request(method, withMeta.ToJsonString()), null, [("MCP-Protocol-Version", Modern), ("Mcp-Method", method), .. headers]);
    }

    public static async Task<McpAnswer> PostMcpAsync(this RunningHost host, string body, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.McpEndpoint) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
            if (name == "Content-Type")
            {
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            }
        }

        using var response = await Http.SendAsync(request);
        return McpAnswer.Of(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends the beginning of a request and goes, as somebody does who closes the program.</summary>
    public static async Task SendHalfAsync(this RunningHost host, string bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("localhost", host.Origin.Port);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));
    }

    /// <summary>Sends bytes as they are and reads the status line; null when the client hangs up instead.</summary>
    public static async Task<string?> SendRawAsync(this RunningHost host, string bytes, bool hangUp = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("localhost", host.Origin.Port);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(bytes));
        if (hangUp)
        {
            // A reset, as when a process is killed.
            socket.LingerState = new LingerOption(true, 0);
            return null;
        }

        using var reader = new StreamReader(socket.GetStream());
        return await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }
}

/// <summary>An answer, whether it came as JSON or as the last event of a stream.</summary>
internal sealed record McpAnswer(HttpStatusCode Status, JsonObject? Json)
{
    public int? ErrorCode => (int?)Json?["error"]?["code"];

    public JsonNode? Result => Json?["result"];

    public JsonNode? Structured => Result?["structuredContent"];

    public string? Text => (string?)Result?["content"]?[0]?["text"];

    public static McpAnswer Of(HttpStatusCode status, string body)
    {
        var json = body.StartsWith('{') ? body : body.Split('\n').LastOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal))?[6..];
        return new McpAnswer(status, string.IsNullOrEmpty(json) ? null : JsonNode.Parse(json) as JsonObject);
    }
}
