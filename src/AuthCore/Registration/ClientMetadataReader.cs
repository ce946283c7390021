using System.Text.Json;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using Microsoft.Extensions.Options;

namespace AuthCore.Registration;

/// <summary>The rules of RFC 7591 §2 as this server applies them. Unknown members are ignored; grants that it does not know, or gives to nobody who only asks, are dropped.</summary>
internal sealed class ClientMetadataReader(IOptions<RegistrationOptions> options, ScopeCatalog scopes)
{
    private const int MaxRedirectUris = 10;
    private const int MaxNameLength = 200;
    private const int MaxRedirectUriLength = 512;

    public ClientMetadataReading Read(JsonElement body)
    {
        if (!body.TryTexts("redirect_uris", out var redirectUris))
        {
            return ClientMetadataReading.InvalidRedirect("redirect_uris must be an array of strings.");
        }

        if (redirectUris is not { Count: >= 1 and <= MaxRedirectUris })
        {
            return ClientMetadataReading.InvalidRedirect("redirect_uris must have 1 to 10 members.");
        }

        var parsed = new List<RedirectUri>();
        foreach (var uri in redirectUris.Distinct(StringComparer.Ordinal))
        {
            if (!RedirectUri.TryParse(uri, options.Value.SchemesWithoutDot.AsReadOnly(), out var redirectUri, out var problem))
            {
                return ClientMetadataReading.InvalidRedirect(problem);
            }

            if (uri.Length > MaxRedirectUriLength)
            {
                return ClientMetadataReading.InvalidRedirect($"A redirect URI must have at most {MaxRedirectUriLength} characters.");
            }

            parsed.Add(redirectUri);
        }

        return ReadRest(body, parsed);
    }

    private ClientMetadataReading ReadRest(JsonElement body, List<RedirectUri> redirectUris)
    {
        if (!body.TryText("token_endpoint_auth_method", out var authMethod) || !ClientAuthMethods.All.Contains(authMethod ?? ClientAuthMethods.Basic))
        {
            return ClientMetadataReading.Invalid("token_endpoint_auth_method must be none, client_secret_basic or client_secret_post.");
        }

        if (!body.TryTexts("grant_types", out var asked) || GrantsFor(asked) is not { } grantTypes)
        {
            return ClientMetadataReading.Invalid("grant_types must have authorization_code.");
        }

        if (!body.TryTexts("response_types", out var responseTypes) || responseTypes?.Contains("code") == false)
        {
            return ClientMetadataReading.Invalid("response_types must have code.");
        }

        if (!body.TryText("application_type", out var applicationType) || applicationType is not (null or "web" or "native"))
        {
            return ClientMetadataReading.Invalid("application_type must be web or native.");
        }

        if (!body.TryText("client_name", out var name) || name?.Length > MaxNameLength)
        {
            return ClientMetadataReading.Invalid("client_name must be a string of at most 200 characters.");
        }

        var shown = ClientNames.Readable(name, MaxNameLength, out var hid);
        var (rest, refusal) = OptionalMetadata.Read(body, scopes);
        return refusal ?? (ClientMetadataReading)new ClientMetadataReading.Read(new ClientMetadata
        {
            Name = shown,
            NameHid = hid,
            RedirectUris = [.. redirectUris.Select(uri => uri.Value)],
            AuthMethod = authMethod ?? ClientAuthMethods.Basic,
            GrantTypes = grantTypes,
            ApplicationType = applicationType ?? (redirectUris.All(uri => uri.IsLoopback || uri.IsPrivateUse) ? "native" : "web"),
            Rest = rest,
        });
    }

    // Left out, it would be authorization_code alone (RFC 7591 §2); clients that leave it out want to stay connected all the same.
    private static string[]? GrantsFor(IReadOnlyList<string>? asked)
    {
        string[] granted = asked is null ? [.. GrantTypes.DefaultForRegistration] : [.. GrantTypes.SelfRegistrable.Where(asked.Contains)];
        return granted.Contains(GrantTypes.AuthorizationCode) ? granted : null;
    }
}
