using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace AuthCore.Token;

/// <summary>A JWT in compact form (RFC 7515 §3.1), signed with ES256 (RFC 7518 §3.4). It is only written here: a library reads and checks it.</summary>
internal static class SignedJwt
{
    private const int SignatureBytes = 64;

    // A token is written from its first byte to its last without waiting for anything, so that each thread needs one of each.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _jwt;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _part;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <param name="key">The key, with its identifier.</param>
    /// <param name="type">The header's <c>typ</c>.</param>
    /// <param name="claims">Writes the members of the payload.</param>
    public static string Write(ECDsaSecurityKey key, string type, Action<Utf8JsonWriter> claims)
    {
        var jwt = _jwt ??= new ArrayBufferWriter<byte>(1024);
        jwt.ResetWrittenCount();
        WritePart(jwt, header =>
        {
            header.WriteString("alg"u8, SecurityAlgorithms.EcdsaSha256);
            header.WriteString("kid"u8, key.KeyId);
            header.WriteString("typ"u8, type);
        });
        jwt.Write("."u8);
        WritePart(jwt, claims);

        Span<byte> signature = stackalloc byte[SignatureBytes];
        if (!key.ECDsa.TrySignData(jwt.WrittenSpan, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out var length) || length != SignatureBytes)
        {
            throw new CryptographicException("The key does not sign as ES256 does: a signature has 64 bytes.");
        }

        jwt.Write("."u8);
        WriteBase64Url(jwt, signature);
        return Encoding.ASCII.GetString(jwt.WrittenSpan);
    }

    /// <summary>One JSON object, in base64url.</summary>
    private static void WritePart(ArrayBufferWriter<byte> jwt, Action<Utf8JsonWriter> members)
    {
        var part = _part ??= new ArrayBufferWriter<byte>(512);
        part.ResetWrittenCount();
        var json = _json ??= new Utf8JsonWriter(part);
        json.Reset(part);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        WriteBase64Url(jwt, part.WrittenSpan);
    }

    private static void WriteBase64Url(ArrayBufferWriter<byte> jwt, ReadOnlySpan<byte> bytes) =>
        jwt.Advance(Base64Url.EncodeToUtf8(bytes, jwt.GetSpan(Base64Url.GetEncodedLength(bytes.Length))));
}
