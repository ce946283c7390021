using System.Net;
using System.Text.Json.Nodes;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>An answer, whether it came as JSON or as the one event of a stream.</summary>
internal sealed record McpReply(HttpStatusCode Status, JsonObject? Json, string? Challenge, string? Allow, string? RetryAfter, string Raw)
{
    public JsonNode? Result => Json?["result"];

    public int? ErrorCode => (int?)Json?["error"]?["code"];

    public string? ErrorMessage => (string?)Json?["error"]?["message"];

    public bool IsToolError => (bool?)Result?["isError"] ?? false;

    public string? Text => (string?)Result?["content"]?[0]?["text"];

    public JsonNode? Structured => Result?["structuredContent"];

    public static async Task<McpReply> ReadAsync(HttpResponseMessage response)
    {
        var raw = await response.Content.ReadAsStringAsync();
        var json = response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? raw.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..]).LastOrDefault()
            : raw;
        return new McpReply(
            response.StatusCode,
            string.IsNullOrEmpty(json) ? null : JsonNode.Parse(json) as JsonObject,
            response.Headers.WwwAuthenticate.Count == 0 ? null : response.Headers.WwwAuthenticate.ToString(),
            response.Content.Headers.Allow.Count == 0 ? null : string.Join(", ", response.Content.Headers.Allow),
            response.Headers.RetryAfter?.ToString(),
            raw);
    }
}
