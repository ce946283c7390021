using System.Text.Json.Serialization;

namespace AuthCore.Introspection;

/// <summary>RFC 7662 §2.2. Members without a value are left out, so that an inactive token says nothing but that.</summary>
internal sealed record IntrospectionResponse
{
    public static IntrospectionResponse Inactive { get; } = new() { Active = false };

    [JsonPropertyName("active")]
    public required bool Active { get; init; }

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    [JsonPropertyName("iss")]
    public string? Issuer { get; init; }

    [JsonPropertyName("aud")]
    public string? Audience { get; init; }

    [JsonPropertyName("sub")]
    public string? Subject { get; init; }

    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    [JsonPropertyName("jti")]
    public string? TokenId { get; init; }

    [JsonPropertyName("iat")]
    public long? IssuedAt { get; init; }

    [JsonPropertyName("exp")]
    public long? ExpiresAt { get; init; }
}
