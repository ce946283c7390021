using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AuthCore.Storage.Facts;

/// <summary>Facts as JSON: what a record was made with, and nothing that follows from it.</summary>
internal static class FactJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepParameters } },
    };

    public static string Write(Fact fact) => JsonSerializer.Serialize(fact, fact.GetType(), Options);

    /// <summary>Null for what no longer reads as this kind.</summary>
    public static Fact? Read(string json, Type kind)
    {
        try
        {
            return (Fact?)JsonSerializer.Deserialize(json, kind, Options);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static void KeepParameters(JsonTypeInfo type)
    {
        if (type.Type.IsSubclassOf(typeof(Fact)))
        {
            var made = type.Type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters().Select(parameter => parameter.Name).ToHashSet();
            foreach (var derived in type.Properties.Where(property => !made.Contains(property.Name)).ToArray())
            {
                type.Properties.Remove(derived);
            }
        }
    }
}
