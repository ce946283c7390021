using System.Text.Json.Serialization;
using AuthCore.Clients;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AuthCore.Metadata;

/// <summary>RFC 8414 §3, served at the OpenID location too: a client that looks there finds an authorization server, not an OpenID provider.</summary>
internal sealed class AuthorizationServerMetadataEndpoint(PublicOrigin origin, ScopeCatalog scopes, IOptions<RegistrationOptions> registration)
{
    // On first use: the origin may not be known before the host listens.
    private readonly Lazy<PublicJson> _document = new(() => PublicJson.Of(Describe(origin, scopes, registration.Value.Enabled)), LazyThreadSafetyMode.PublicationOnly);

    public Task HandleAsync(HttpContext context) => _document.Value.WriteAsync(context);

    internal static AuthorizationServerMetadata Describe(PublicOrigin origin, ScopeCatalog scopes, bool registrationEnabled) => new()
    {
        Issuer = origin.Issuer,
        AuthorizationEndpoint = origin.Issuer + ProtocolPaths.Authorize,
        TokenEndpoint = origin.Issuer + ProtocolPaths.Token,
        RegistrationEndpoint = registrationEnabled ? origin.Issuer + ProtocolPaths.Register : null,
        RevocationEndpoint = origin.Issuer + ProtocolPaths.Revoke,
        IntrospectionEndpoint = origin.Issuer + ProtocolPaths.Introspect,
        JwksUri = origin.Issuer + ProtocolPaths.Jwks,
        ScopesSupported = [.. scopes.All.Where(scope => scope.Advertised).Select(scope => scope.Name)],
    };
}

/// <summary>What this server says of itself. A member is here only if the endpoint or the behaviour is.</summary>
internal sealed record AuthorizationServerMetadata
{
    [JsonPropertyName("issuer")]
    public required string Issuer { get; init; }

    [JsonPropertyName("authorization_endpoint")]
    public required string AuthorizationEndpoint { get; init; }

    [JsonPropertyName("token_endpoint")]
    public required string TokenEndpoint { get; init; }

    [JsonPropertyName("registration_endpoint")]
    public string? RegistrationEndpoint { get; init; }

    [JsonPropertyName("revocation_endpoint")]
    public required string RevocationEndpoint { get; init; }

    [JsonPropertyName("introspection_endpoint")]
    public required string IntrospectionEndpoint { get; init; }

    [JsonPropertyName("jwks_uri")]
    public required string JwksUri { get; init; }

    [JsonPropertyName("scopes_supported")]
    public required IReadOnlyList<string> ScopesSupported { get; init; }

    [JsonPropertyName("response_types_supported")]
    public IReadOnlyList<string> ResponseTypesSupported { get; } = ["code"];

    [JsonPropertyName("response_modes_supported")]
    public IReadOnlyList<string> ResponseModesSupported { get; } = ["query"];

    [JsonPropertyName("grant_types_supported")]
    public IReadOnlyList<string> GrantTypesSupported { get; } = GrantTypes.Supported;

    [JsonPropertyName("code_challenge_methods_supported")]
    public IReadOnlyList<string> CodeChallengeMethodsSupported { get; } = ["S256"];

    [JsonPropertyName("token_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> TokenEndpointAuthMethodsSupported { get; } = ClientAuthMethods.All;

    [JsonPropertyName("revocation_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> RevocationEndpointAuthMethodsSupported { get; } = ClientAuthMethods.All;

    [JsonPropertyName("introspection_endpoint_auth_methods_supported")]
    public IReadOnlyList<string> IntrospectionEndpointAuthMethodsSupported { get; } = ClientAuthMethods.Confidential;

    /// <summary>RFC 9207 §3.</summary>
    [JsonPropertyName("authorization_response_iss_parameter_supported")]
    public bool AuthorizationResponseIssParameterSupported { get; } = true;

    [JsonPropertyName("client_id_metadata_document_supported")]
    public bool ClientIdMetadataDocumentSupported { get; }
}
