using System.Text.Json;

namespace McpEndpoint.Tools;

/// <summary>
/// Holds arguments against the outer level of a tool's input schema, so that a model reads which argument is wrong. What lies deeper
/// is for the tool.
/// </summary>
internal static class ArgumentCheck
{
    public static string? Problem(JsonElement schema, IDictionary<string, JsonElement>? arguments)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(element => element.GetString()!))
            {
                if (arguments?.ContainsKey(name) != true)
                {
                    return $"'{name}' is required.";
                }
            }
        }

        var properties = schema.TryGetProperty("properties", out var declared) ? declared : default;
        return arguments?.Select(argument => Problem(schema, properties, argument.Key, argument.Value)).FirstOrDefault(problem => problem is not null);
    }

    private static string? Problem(JsonElement schema, JsonElement properties, string name, JsonElement value)
    {
        if (properties.ValueKind != JsonValueKind.Object || !properties.TryGetProperty(name, out var property))
        {
            var closed = schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False;
            return closed ? $"'{DisplayText.Clean(name, 64)}' is not known." : null;
        }

        if (property.ValueKind != JsonValueKind.Object || !property.TryGetProperty("type", out var type))
        {
            return null;
        }

        string[] allowed = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(element => element.GetString()!)] : [type.GetString()!];
        return allowed.Any(kind => Matches(kind, value)) ? null : $"'{name}' must be of type {string.Join(" or ", allowed)}.";
    }

    private static bool Matches(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        "number" => value.ValueKind == JsonValueKind.Number,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };
}
