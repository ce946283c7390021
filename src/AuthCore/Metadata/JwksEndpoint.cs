using System.Text.Json.Serialization;
using AuthCore.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace AuthCore.Metadata;

/// <summary>The public keys (RFC 7517 §5), for resource servers elsewhere.</summary>
internal sealed class JwksEndpoint(KeyRing keys)
{
    private Written? _written;

    public Task HandleAsync(HttpContext context) => Document().WriteAsync(context);

    // Two requests may write the same keys at once; either answer is right.
    private PublicJson Document()
    {
        var current = keys.PublicKeys;
        if (_written is not { } written || !ReferenceEquals(written.Keys, current))
        {
            _written = written = new Written(current, PublicJson.Of(Describe(current)));
        }

        return written.Document;
    }

    private static KeySet Describe(IReadOnlyList<JsonWebKey> keys) =>
        new([.. keys.Select(key => new PublicKey(key.Kty, key.Crv, key.X, key.Y, key.Kid, key.Use, key.Alg))]);

    private sealed record Written(IReadOnlyList<JsonWebKey> Keys, PublicJson Document);

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
