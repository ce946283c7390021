using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AuthCore.Protocol;
using Microsoft.Extensions.AI;
using ModelContextProtocol;

namespace McpEndpoint.Tools;

/// <summary>Arguments as a schema, as a typed record, and as canonical JSON.</summary>
internal static class ToolArguments
{
    /// <summary>As the types say: nothing required is left out, and nothing is null that may not be. What the schema does not name is left alone.</summary>
    public static readonly JsonSerializerOptions Typed = new(McpJsonUtilities.DefaultOptions)
    {
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The same for what a person is asked about: what the schema does not say is not taken either.</summary>
    public static readonly JsonSerializerOptions Strict = new(Typed) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Schemas say which whole numbers fit, so that a model knows before it is told.</summary>
    public static readonly AIJsonSchemaCreateOptions SchemaOptions = new() { TransformSchemaNode = WithRange };

    public static JsonElement Schema(Type type) => AIJsonUtilities.CreateJsonSchema(type, serializerOptions: Strict, inferenceOptions: SchemaOptions);

    /// <exception cref="McpProtocolException">The arguments are not of that type; the caller is told.</exception>
    public static T Read<T>(JsonElement arguments)
    {
        try
        {
            return arguments.Deserialize<T>(Strict) ?? throw new McpProtocolException("Arguments are required.", McpErrorCode.InvalidParams);
        }
        catch (JsonException malformed)
        {
            var where = malformed.Path is { Length: > 2 } path ? $" at {UntrustedText.Clean(path, 100)}" : "";
            throw new McpProtocolException($"The arguments do not match the tool's input schema{where}.", malformed, McpErrorCode.InvalidParams);
        }
    }

    /// <summary>The same value, names in ordinal order, no white space: equal arguments are equal texts.</summary>
    public static string Canonical(IDictionary<string, JsonElement>? arguments)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in (arguments ?? new Dictionary<string, JsonElement>()).OrderBy(argument => argument.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                WriteCanonical(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>SHA-256 of the canonical JSON, base64url.</summary>
    public static string Digest(string canonical) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));

    private static JsonNode WithRange(AIJsonSchemaCreateContext context, JsonNode schema)
    {
        (long Least, long Most)? range = Type.GetTypeCode(Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type) switch
        {
            _ when context.TypeInfo.Type.IsEnum => null,
            TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
            TypeCode.Byte => (byte.MinValue, byte.MaxValue),
            TypeCode.Int16 => (short.MinValue, short.MaxValue),
            TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
            TypeCode.Int32 => (int.MinValue, int.MaxValue),
            TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
            _ => null,
        };
        if (range is { } limits && schema is JsonObject known && !known.ContainsKey("$ref"))
        {
            known.TryAdd("minimum", limits.Least);
            known.TryAdd("maximum", limits.Most);
        }

        return schema;
    }

    private static void WriteCanonical(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    WriteCanonical(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var element in value.EnumerateArray())
                {
                    WriteCanonical(writer, element);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
