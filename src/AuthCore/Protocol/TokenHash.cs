using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AuthCore.Protocol;

/// <summary>
/// SHA-256 of a 256-bit random secret, base64url: all that storage sees of a code, a ticket or a confirmation token.
/// A plain hash is enough because the input cannot be guessed.
/// </summary>
public readonly record struct TokenHash
{
    // Of an access token, in bytes: asked on every call, so that it is worth no array.
    private const int UsualLength = 1024;

    private TokenHash(string value) => Value = value;

    /// <summary>43 base64url characters.</summary>
    public string Value { get; }

    /// <summary>Hashes whatever a client presented, well formed or not.</summary>
    public static TokenHash Of(string presented)
    {
        var length = Encoding.UTF8.GetByteCount(presented);
        var bytes = length <= UsualLength ? stackalloc byte[UsualLength] : new byte[length];
        Encoding.UTF8.GetBytes(presented, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return new(Base64Url.EncodeToString(hash));
    }

    /// <summary>Reads back what <see cref="Value"/> wrote to storage.</summary>
    public static TokenHash FromStorage(string value) => new(value);

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    internal bool FixedTimeEquals(TokenHash other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Value), Encoding.ASCII.GetBytes(other.Value));

    /// <inheritdoc />
    [SuppressMessage("Globalization", "CA1305", Justification = "A slice of ASCII.")]
    public override string ToString() => $"sha256:{Value[..8]}…";
}
