using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AuthCore.Protocol;

namespace McpEndpoint.Tools;

/// <summary>
/// JSON Schema 2020-12 as far as input schemas of tools use it: those that are made from .NET types, and the usual hand-written ones. A keyword that is not
/// known here restricts nothing; references lead into the same document only, and nothing is ever fetched.
/// </summary>
/// <remarks>No JSON Schema library restores (JsonSchema.Net, NJsonSchema and Corvus were tried); replace this when one does.</remarks>
internal static class SchemaCheck
{
    private const int MaxDepth = 128;
    private const int LongestName = 64;

    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The first thing that is wrong, and what was expected; null when the value matches.</summary>
    public static string? Problem(JsonElement schema, JsonElement value) => Problem(new At(schema, "", MaxDepth), schema, value);

    /// <summary>The schema of the value at a path such as <c>query.items[0].text</c>.</summary>
    public static JsonElement? Find(JsonElement root, string path)
    {
        JsonElement? schema = root;
        foreach (var name in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            var here = Resolve(root, schema!.Value);
            schema = name.EndsWith(']') ? Member(here, "items") : Member(Member(here, "properties"), name);
            if (schema is null)
            {
                return null;
            }
        }

        return Resolve(root, schema!.Value);
    }

    /// <summary>What a schema asks for, in a few words and with its description.</summary>
    public static string Expected(JsonElement schema)
    {
        var kind = Member(schema, "const") is { } only ? only.GetRawText()
            : Member(schema, "enum") is { } choices ? $"one of {string.Join(", ", choices.EnumerateArray().Select(choice => choice.GetRawText()))}"
            : string.Join(" or ", Types(schema)) is { Length: > 0 } types ? types
            : "another value";
        var range = (Number(schema, "minimum"), Number(schema, "maximum")) switch
        {
            ({ } least, { } most) => $" from {least} to {most}",
            ({ } least, null) => $" of at least {least}",
            (null, { } most) => $" of at most {most}",
            _ => "",
        };
        var description = Member(schema, "description") is { ValueKind: JsonValueKind.String } text ? $" ({text.GetString()!.TrimEnd('.')})" : "";
        return kind + range + description;
    }

    private static string? Problem(At at, JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return schema.ValueKind == JsonValueKind.True ? null : $"{at.Name} is not known; leave it out.";
        }

        if (at.Depth == 0 || schema.ValueKind != JsonValueKind.Object)
        {
            return at.Depth == 0 ? $"{at.Name} is nested too deeply." : null;
        }

        return Reference(at, schema, value)
            ?? (Matches(schema, value) ? null : at.Wrong(schema, value))
            ?? Alternatives(at, schema, value)
            ?? value.ValueKind switch
            {
                JsonValueKind.Object => ObjectProblem(at, schema, value),
                JsonValueKind.Array => ArrayProblem(at, schema, value),
                JsonValueKind.String => StringProblem(at, schema, value.GetString()!),
                JsonValueKind.Number => IsInRange(schema, value) ? null : at.Wrong(schema, value),
                _ => null,
            };
    }

    private static string? Reference(At at, JsonElement schema, JsonElement value) =>
        Member(schema, "$ref") is { ValueKind: JsonValueKind.String } ? Problem(at.Deeper(at.Path), Resolve(at.Root, schema, once: true), value) : null;

    private static bool Matches(JsonElement schema, JsonElement value)
    {
        string[] types = [.. Types(schema)];
        return (types.Length == 0 || types.Any(type => IsOfType(type, value)))
            && (Member(schema, "const") is not { } only || JsonElement.DeepEquals(only, value))
            && (Member(schema, "enum") is not { ValueKind: JsonValueKind.Array } choices || choices.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)));
    }

    private static string? Alternatives(At at, JsonElement schema, JsonElement value)
    {
        foreach (var part in Elements(schema, "allOf"))
        {
            if (Problem(at.Deeper(at.Path), part, value) is { } problem)
            {
                return problem;
            }
        }

        JsonElement[] any = [.. Elements(schema, "anyOf")];
        JsonElement[] one = [.. Elements(schema, "oneOf")];
        var fits = (any.Length == 0 || any.Any(part => Problem(at.Deeper(at.Path), part, value) is null))
            && (one.Length == 0 || one.Count(part => Problem(at.Deeper(at.Path), part, value) is null) == 1)
            && (Member(schema, "not") is not { } not || Problem(at.Deeper(at.Path), not, value) is not null);
        return fits ? null : $"{at.Name} matches none of its alternatives; see the input schema.";
    }

    private static string? ObjectProblem(At at, JsonElement schema, JsonElement value)
    {
        var properties = Member(schema, "properties");
        foreach (var name in Elements(schema, "required").Select(name => name.GetString()!))
        {
            if (!value.TryGetProperty(name, out _))
            {
                var expected = Member(properties, name) is { } declared ? $"; expected {Expected(Resolve(at.Root, declared))}" : "";
                return $"{at.Deeper(at.Join(name)).Name} is required{expected}.";
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            var deeper = at.Deeper(at.Join(UntrustedText.Clean(property.Name, LongestName)));
            if ((Member(properties, property.Name) ?? Member(schema, "additionalProperties")) is { } known && Problem(deeper, known, property.Value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ArrayProblem(At at, JsonElement schema, JsonElement value)
    {
        var length = value.GetArrayLength();
        if (length < Number(schema, "minItems") || length > Number(schema, "maxItems"))
        {
            return $"{at.Name} must have {Limits(schema, "minItems", "maxItems")} items, but has {length}.";
        }

        JsonElement[] first = [.. Elements(schema, "prefixItems")];
        return value.EnumerateArray()
            .Select((item, index) => (index < first.Length ? first[index] : Member(schema, "items")) is { } items
                ? Problem(at.Deeper($"{at.Path}[{index}]"), items, item)
                : null)
            .FirstOrDefault(problem => problem is not null);
    }

    private static string? StringProblem(At at, JsonElement schema, string text)
    {
        var length = text.EnumerateRunes().Count();
        if (length < Number(schema, "minLength") || length > Number(schema, "maxLength"))
        {
            return $"{at.Name} must have {Limits(schema, "minLength", "maxLength")} characters.";
        }

        return Member(schema, "pattern") is { ValueKind: JsonValueKind.String } pattern && !IsMatch(text, pattern.GetString()!)
            ? $"{at.Name} must match the pattern {pattern.GetString()}."
            : null;
    }

    private static bool IsMatch(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternTime);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static bool IsInRange(JsonElement schema, JsonElement value) =>
        value.TryGetDouble(out var number) && double.IsFinite(number)
        && !(number < Number(schema, "minimum")) && !(number > Number(schema, "maximum"))
        && !(number <= Number(schema, "exclusiveMinimum")) && !(number >= Number(schema, "exclusiveMaximum"));

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsInteger(number),
        "number" => value.ValueKind == JsonValueKind.Number,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => true,
    };

    private static IEnumerable<string> Types(JsonElement schema) => Member(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(type => type.GetString()!),
        _ => [],
    };

    private static JsonElement Resolve(JsonElement root, JsonElement schema, bool once = false)
    {
        for (var hops = 0; hops < MaxDepth && Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference; hops++)
        {
            JsonElement? target = root;
            foreach (var token in reference.GetString()!.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                var name = Uri.UnescapeDataString(token).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                target = target is { ValueKind: JsonValueKind.Array } list && int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index < list.GetArrayLength()
                    ? list[index]
                    : Member(target, name);
            }

            // What leads nowhere, or to another document, restricts nothing.
            schema = target ?? JsonElement.Parse("true");
            if (once)
            {
                break;
            }
        }

        return schema;
    }

    private static IEnumerable<JsonElement> Elements(JsonElement schema, string keyword) =>
        Member(schema, keyword) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    private static double? Number(JsonElement schema, string keyword) => Member(schema, keyword) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static string Limits(JsonElement schema, string least, string most) => (Number(schema, least), Number(schema, most)) switch
    {
        ({ } from, { } to) => $"{from} to {to}",
        ({ } from, null) => $"at least {from}",
        (_, var to) => $"at most {to}",
    };

    // Where the check stands: how the value is called, and how much deeper it may go.
    private sealed record At(JsonElement Root, string Path, int Depth)
    {
        public string Name => Path.Length == 0 ? "The arguments" : $"'{(Path.Length <= 200 ? Path : Path[..200] + "…")}'";

        public At Deeper(string path) => new(Root, path, Depth - 1);

        public string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

        public string Wrong(JsonElement schema, JsonElement value) => $"{Name} must be {Expected(schema)}, but was {Found(value)}.";

        private static string Found(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => "null",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Number => $"the number {UntrustedText.Clean(value.GetRawText(), 24)}",
            JsonValueKind.String => "a string",
            JsonValueKind.Array => "an array",
            _ => "an object",
        };
    }
}
