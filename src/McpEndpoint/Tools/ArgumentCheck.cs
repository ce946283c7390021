using System.Reflection;
using System.Text.Json;
using AuthCore.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Tools;

/// <summary>
/// Holds the arguments of a call against the tool's input schema and against the types that its handler takes, so that a model reads what to correct
/// (SEP-1303) and no handler sees what it did not declare.
/// </summary>
internal static class ArgumentCheck
{
    private const int LongestPath = 100;

    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>What is wrong first, and what to send instead; null when the tool can be called.</summary>
    public static string? Problem(McpServerTool tool, IDictionary<string, JsonElement>? arguments)
    {
        var schema = tool.ProtocolTool.InputSchema;
        var sent = arguments is null or { Count: 0 } ? Nothing : JsonElement.Parse(ToolArguments.Canonical(arguments));
        return SchemaCheck.Problem(schema, sent) ?? BindingProblem(tool, schema, sent);
    }

    private static string? BindingProblem(McpServerTool tool, JsonElement schema, JsonElement sent)
    {
        foreach (var known in tool.Metadata)
        {
            if (BindingProblem(known, schema, sent) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? BindingProblem(object known, JsonElement schema, JsonElement sent) => known switch
    {
        ArgumentsType(var type) => BindingProblem(type, ToolArguments.Strict, schema, sent, ""),
        MethodInfo handler when sent.GetPropertyCount() > 0 => handler.GetParameters()
            .Where(parameter => sent.TryGetProperty(parameter.Name!, out _) && IsInSchema(schema, parameter.Name!))
            .Select(parameter => BindingProblem(parameter.ParameterType, ToolArguments.Typed, schema, sent.GetProperty(parameter.Name!), parameter.Name!))
            .FirstOrDefault(problem => problem is not null),
        _ => null,
    };

    private static bool IsInSchema(JsonElement schema, string name) => schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _);

    // What a schema cannot say, such as the form of a date, shows when the value is read.
    private static string? BindingProblem(Type type, JsonSerializerOptions options, JsonElement schema, JsonElement value, string name)
    {
        try
        {
            value.Deserialize(type, options);
            return null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            var inner = (malformed as JsonException)?.Path?.TrimStart('$', '.') ?? "";
            var path = UntrustedText.Clean(string.Join('.', new[] { name, inner }.Where(part => part.Length > 0)).Replace(".[", "[", StringComparison.Ordinal), LongestPath);
            var expected = SchemaCheck.Find(schema, path) is { } found ? $"expected {SchemaCheck.Expected(found)}, in its usual form and not null where it is required" : "see the input schema";
            return path.Length == 0 ? "they could not be read; see the input schema." : $"'{path}' could not be read; {expected}.";
        }
    }
}

/// <summary>The type that all arguments of a tool are read as: metadata of a tool that takes them as one record.</summary>
internal sealed record ArgumentsType(Type Type);
