using System.Text.Json;

namespace McpAuthConsole.E2ETests.Clients;

/// <summary>The result of <c>tools/call</c>, as the SDK hands it on.</summary>
internal sealed class ToolResult(JsonElement result)
{
    public bool IsError => result.TryGetProperty("isError", out var isError) && isError.GetBoolean();

    public JsonElement Structured => result.GetProperty("structuredContent");

    /// <summary>All text blocks, one a line.</summary>
    public string Text => string.Join('\n', result.GetProperty("content").EnumerateArray()
        .Where(block => block.GetProperty("type").GetString() == "text")
        .Select(block => block.GetProperty("text").GetString()));

    public string this[string property] => Structured.GetProperty(property).GetString()!;

    public override string ToString() => result.GetRawText();
}
