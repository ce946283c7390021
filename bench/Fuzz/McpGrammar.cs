using System.Text;

namespace Bench.Fuzz;

/// <summary>The MCP endpoint, in both eras, with and without a token.</summary>
internal sealed class McpGrammar(FuzzTarget target, Random random)
{
    private const string Modern = "2026-07-28";

    private static readonly string[] Methods =
    [
        "tools/call", "tools/call", "tools/call", "tools/list", "initialize", "ping", "server/discover", "notifications/initialized", "notifications/cancelled", "prompts/list", "prompts/get",
        "resources/list", "resources/read", "resources/templates/list", "completion/complete", "logging/setLevel", "subscriptions/listen", "tasks/get", "sampling/createMessage",
    ];

    private static readonly string[] Tools = ["about", "whoami", "get_secret", "list_slots", "book_slot", "confirm_request", "show_auth_button", "elicit_url", "nothing"];

    public FuzzRequest Next()
    {
        var method = random.Next(12) == 0 ? Values.Any(random) : Methods[random.Next(Methods.Length)];
        var tool = random.Next(10) == 0 ? Values.Any(random) : Tools[random.Next(Tools.Length)];
        var modern = random.Next(2) == 0;
        var body = Message(method, tool, modern);
        body = random.Next(40) switch
        {
            0 => Values.Bend(body, random),
            1 => $"[{body},{body}]",
            2 => Values.AnyJson(random),
            _ => body,
        };
        var bytes = random.Next(60) == 0 ? Values.Bytes(random, 3000) : Encoding.UTF8.GetBytes(body);
        var http = random.Next(25) switch { 0 => "GET", 1 => "DELETE", 2 => "PUT", _ => "POST" };
        return FuzzRequest.Of(modern ? "/mcp, 2026-07-28" : "/mcp, initialize era", http, "/mcp", Headers(method, tool, modern), bytes);
    }

    private string Message(string method, string tool, bool modern)
    {
        var parameters = method switch
        {
            "tools/call" => $"{Member("name", Values.Quote(tool))},{Member("arguments", Arguments(tool))}",
            "initialize" => $"{Member("protocolVersion", "\"2025-06-18\"")},{Member("capabilities", "{}")},{Member("clientInfo", "{\"name\":\"fuzz\",\"version\":\"1\"}")}",
            "tools/list" or "prompts/list" or "resources/list" => Member("cursor", Values.AnyJson(random)),
            "subscriptions/listen" => Member("notifications", Values.AnyJson(random)),
            _ => Member("x", Values.AnyJson(random)),
        };
        if (modern || random.Next(8) == 0)
        {
            parameters += "," + Member("_meta", $"{{{Member("io.modelcontextprotocol/protocolVersion", $"\"{Modern}\"")},{Member("io.modelcontextprotocol/clientCapabilities", "{}")}}}");
        }

        var whole = random.Next(25) == 0 ? Values.AnyJson(random) : $"{{{parameters}}}";
        return $"{{{Member("jsonrpc", "\"2.0\"")},{Member("id", "1")},{Member("method", Values.Quote(method))},\"params\":{whole}}}";
    }

    private string Arguments(string tool) => random.Next(3) == 0 ? Values.AnyJson(random) : tool switch
    {
        "book_slot" => $"{{{Member("slotId", "\"s1\"")},{Member("note", "\"n\"")}}}",
        "confirm_request" => $"{{{Member("confirmationToken", "\"abc\"")},{Member("idempotencyKey", "\"k\"")}}}",
        _ => "{}",
    };

    private string Member(string name, string value) => $"\"{name}\":{(random.Next(12) == 0 ? Values.AnyJson(random) : value)}";

    private IEnumerable<(string, string)> Headers(string method, string tool, bool modern)
    {
        yield return ("Host", random.Next(40) == 0 ? Header(Values.Any(random)) : new Uri(target.Address).Authority);
        yield return ("Accept", random.Next(30) == 0 ? Header(Values.Any(random)) : "application/json, text/event-stream");
        yield return ("Content-Type", random.Next(30) == 0 ? Header(Values.Bend("application/json; charset=utf-8", random)) : "application/json");
        if (random.Next(3) != 0)
        {
            yield return ("Authorization", "Bearer " + (random.Next(6) == 0 ? Header(Values.Bend(target.AccessToken, random)) : target.AccessToken));
        }

        if (modern || random.Next(10) == 0)
        {
            yield return ("MCP-Protocol-Version", random.Next(15) == 0 ? Header(Values.Any(random)) : modern ? Modern : "2025-06-18");
        }

        if (modern && random.Next(20) != 0)
        {
            yield return ("Mcp-Method", Header(method));
            yield return ("Mcp-Name", random.Next(15) == 0 ? Header(Values.Any(random)) : Header(tool));
        }

        if (random.Next(30) == 0)
        {
            yield return ("Mcp-Session-Id", Header(Values.Any(random)));
            yield return ("Origin", Header(Values.Any(random)));
        }
    }

    private static string Header(string value)
    {
        var line = value.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);
        return line.Length > 8000 ? line[..8000] : line;
    }
}
