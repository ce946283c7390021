using System.Text.Json.Serialization;
using AuthCore.Keys;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Metadata;

/// <summary>The public keys (RFC 7517 §5), for resource servers elsewhere.</summary>
internal static class JwksEndpoint
{
    public static IResult Handle(KeyRing keys) => new PublicJson<KeySet>(new KeySet(
        [.. keys.PublicKeys.Select(key => new PublicKey(key.Kty, key.Crv, key.X, key.Y, key.Kid, key.Use, key.Alg))]));

    private sealed record KeySet([property: JsonPropertyName("keys")] IReadOnlyList<PublicKey> Keys);

    /// <summary>Only what is public: a private member cannot be written by accident because there is none.</summary>
    private sealed record PublicKey(
        [property: JsonPropertyName("kty")] string Kty,
        [property: JsonPropertyName("crv")] string Crv,
        [property: JsonPropertyName("x")] string X,
        [property: JsonPropertyName("y")] string Y,
        [property: JsonPropertyName("kid")] string Kid,
        [property: JsonPropertyName("use")] string Use,
        [property: JsonPropertyName("alg")] string Alg);
}
