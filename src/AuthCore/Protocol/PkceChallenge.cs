using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>An S256 code challenge (RFC 7636 §4.2). <c>plain</c> does not exist here.</summary>
internal readonly record struct PkceChallenge
{
    public const string Method = "S256";

    private const int MinVerifierLength = 43;
    private const int MaxVerifierLength = 128;

    private PkceChallenge(string value) => Value = value;

    public string Value { get; }

    /// <summary>Exactly 43 base64url characters: a SHA-256 and nothing else.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out PkceChallenge? challenge)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        challenge = value is { Length: 43 } && value.All(IsBase64Url)
            && Base64Url.DecodeFromChars(value, hash, out _, out var length) == OperationStatus.Done && length == SHA256.HashSizeInBytes
                ? new PkceChallenge(value)
                : null;
        return challenge is not null;
    }

    public static PkceChallenge FromStorage(string value) => new(value);

    /// <summary>RFC 7636 §4.6. False also for a verifier that RFC 7636 §4.1 does not allow.</summary>
    public bool IsMetBy(string verifier) =>
        verifier.Length is >= MinVerifierLength and <= MaxVerifierLength
        && verifier.All(IsUnreserved)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Value),
            Encoding.ASCII.GetBytes(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))));

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static bool IsUnreserved(char c) => IsBase64Url(c) || c is '.' or '~';
}
