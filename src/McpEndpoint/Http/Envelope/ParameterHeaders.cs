using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary><c>Mcp-Param-*</c> repeats the arguments that a tool's schema marks with <c>x-mcp-header</c>, at any depth.</summary>
internal static class ParameterHeaders
{
    private const long LargestExactInteger = (1L << 53) - 1;

    public static Refusal? Check(MessageEnvelope envelope)
    {
        if (envelope is not { IsModern: true, Method: RequestMethods.ToolsCall } || envelope.Tools.Find(MessageEnvelope.Text(envelope.Params?["name"]) ?? "") is not { } entry)
        {
            return null;
        }

        var wrong = Wrong(entry.Tool.ProtocolTool.InputSchema, envelope.Params?["arguments"] as JsonObject, envelope).FirstOrDefault();
        return wrong is null
            ? null
            : Refusal.BadRequest(McpErrorCode.HeaderMismatch, $"The header {McpHeaders.ParameterPrefix}{wrong} must be present and equal to its argument.");
    }

    private static IEnumerable<string> Wrong(JsonElement schema, JsonObject? arguments, MessageEnvelope envelope)
    {
        if (arguments is null || schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var property in properties.EnumerateObject().Where(property => property.Value.ValueKind == JsonValueKind.Object))
        {
            var argument = arguments[property.Name];
            if (property.Value.TryGetProperty("x-mcp-header", out var marked) && argument is not null && !Agrees(envelope, marked.GetString()!, property.Value, argument))
            {
                yield return marked.GetString()!;
            }

            foreach (var deeper in Wrong(property.Value, argument as JsonObject, envelope))
            {
                yield return deeper;
            }
        }
    }

    private static bool Agrees(MessageEnvelope envelope, string name, JsonElement schema, JsonNode argument)
    {
        if (!envelope.Headers.TryGetValue(McpHeaders.ParameterPrefix + name, out var header) || McpHeaderEncoder.DecodeValue(header.ToString()) is not { } sent)
        {
            return false;
        }

        if (IsInteger(schema) && argument is JsonValue number && number.TryGetValue(out decimal expected))
        {
            return decimal.TryParse(sent, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var actual)
                && actual == expected && Math.Abs(actual) <= LargestExactInteger;
        }

        return McpHeaderEncoder.ConvertToHeaderValue(argument) is { } value && McpHeaderEncoder.DecodeValue(value) == sent;
    }

    private static bool IsInteger(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().AsEnumerable() : [type])
            .Any(kind => kind.ValueKind == JsonValueKind.String && kind.ValueEquals("integer"));
}
