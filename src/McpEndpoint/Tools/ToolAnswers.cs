using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Tools;

/// <summary>The two shapes that this server's own tools answer in.</summary>
internal static class ToolAnswers
{
    /// <summary>The same JSON object as text, for models, and as structured content, for programs.</summary>
    public static CallToolResult Structured(JsonElement content) => new()
    {
        Content = [new TextContentBlock { Text = content.GetRawText() }],
        StructuredContent = content,
    };

    /// <summary>What went wrong and what to do, in words for a model and the person behind it.</summary>
    public static CallToolResult Error(string text) => new() { Content = [new TextContentBlock { Text = text }], IsError = true };
}
