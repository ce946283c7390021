using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace AuthCore.Registration;

/// <summary>The members of a registration that are kept only to be echoed and shown.</summary>
internal static class OptionalMetadata
{
    private const int MaxTextLength = 255;
    private const int MaxContacts = 10;

    private static readonly string[] Urls = ["client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri"];

    private static readonly string[] Texts = ["client_name", "software_id", "software_version"];

    /// <returns>What is kept, or why the registration is refused.</returns>
    public static (JsonObject Kept, ClientMetadataReading.Refused? Refusal) Read(JsonElement body, ScopeCatalog scopes)
    {
        var rest = new JsonObject();
        if (body.TryGetProperty("jwks", out _) && body.TryGetProperty("jwks_uri", out _))
        {
            return (rest, ClientMetadataReading.Invalid("jwks and jwks_uri must not both be present."));
        }

        foreach (var member in body.EnumerateObject())
        {
            if (Keep(member, rest) is { } refusal)
            {
                return (rest, refusal);
            }
        }

        return (rest, KeepContacts(body, rest) ?? KeepScope(body, scopes, rest));
    }

    // RFC 7591 §2.2: a tag after '#' makes a localized variant, whose tag is kept as it was written.
    private static ClientMetadataReading.Refused? Keep(JsonProperty member, JsonObject rest)
    {
        var name = member.Name.Split('#', 2)[0];
        var isUrl = Urls.Contains(name);
        if (!isUrl && (!Texts.Contains(name) || member.Name == "client_name"))
        {
            return null;
        }

        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (!RegistrationMembers.TryText(member.Value, out var text) || member.Name.Length > MaxTextLength)
        {
            return ClientMetadataReading.WrongType(name);
        }

        if (text is null)
        {
            return null;
        }

        if (isUrl ? !UriText.IsWebUrl(text) : text.Length > MaxTextLength)
        {
            return ClientMetadataReading.Invalid(isUrl ? $"{name} must be an http or https URL." : $"{name} must have at most {MaxTextLength} characters.");
        }

        rest[member.Name] = isUrl ? text : UntrustedText.Clean(text, MaxTextLength);
        return null;
    }

    private static ClientMetadataReading.Refused? KeepContacts(JsonElement body, JsonObject rest)
    {
        if (!body.TryTexts("contacts", out var contacts) || contacts?.Count > MaxContacts || contacts?.Any(contact => contact.Length > MaxTextLength) == true)
        {
            return ClientMetadataReading.Invalid($"contacts must be an array of at most {MaxContacts} short strings.");
        }

        if (contacts is { Count: > 0 })
        {
            rest["contacts"] = new JsonArray([.. contacts.Select(contact => JsonValue.Create(UntrustedText.Clean(contact, MaxTextLength)))]);
        }

        return null;
    }

    // Kept as a hint, not as a limit: a client that registered with the scope of its first challenge must be able to step up later.
    private static ClientMetadataReading.Refused? KeepScope(JsonElement body, ScopeCatalog scopes, JsonObject rest)
    {
        if (!body.TryText("scope", out var scope) || !ScopeSet.TryParse(scope, out var asked))
        {
            return ClientMetadataReading.Invalid("scope must be space-delimited scope tokens.");
        }

        var known = asked.Intersect(ScopeSet.Of(scopes.All.Select(definition => definition.Name)));
        if (known.Count > 0)
        {
            rest["scope"] = known.ToString();
        }

        return null;
    }
}
