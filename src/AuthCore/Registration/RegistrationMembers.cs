using System.Text.Json;

namespace AuthCore.Registration;

/// <summary>Takes members out of a registration. What has the wrong type is refused by exception-free <c>Try</c>; <c>""</c> counts as left out.</summary>
internal static class RegistrationMembers
{
    /// <returns>False when the member is there and not a string.</returns>
    public static bool TryText(this JsonElement body, string name, out string? value)
    {
        value = null;
        return !body.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null || TryText(member, out value);
    }

    /// <returns>False when the member is there and not an array of strings.</returns>
    public static bool TryTexts(this JsonElement body, string name, out IReadOnlyList<string>? values)
    {
        values = null;
        if (!body.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var texts = new List<string>();
        foreach (var item in member.EnumerateArray())
        {
            if (!TryText(item, out var text) || text is null)
            {
                return false;
            }

            texts.Add(text);
        }

        values = texts;
        return true;
    }

    /// <returns>False when it is not a string, or escapes half a surrogate pair or NUL.</returns>
    public static bool TryText(JsonElement member, out string? value)
    {
        value = null;
        if (member.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            var text = member.GetString()!;
            value = text.Length == 0 ? null : text;
            return !text.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
