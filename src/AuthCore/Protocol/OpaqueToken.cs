using System.Buffers.Text;
using System.Security.Cryptography;

namespace AuthCore.Protocol;

/// <summary>
/// A random 256-bit secret in its raw form. It cannot be printed by accident: only <see cref="Reveal"/> gives it out, and storage
/// takes its <see cref="Hash"/>.
/// </summary>
public readonly struct OpaqueToken : IEquatable<OpaqueToken>
{
    private readonly string _value;

    private OpaqueToken(string value) => _value = value;

    /// <summary>Draws 256 bits: 43 characters of <c>[A-Za-z0-9-_]</c>, so that clients which do not percent-encode survive it.</summary>
    public static OpaqueToken Create() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What storage may keep.</summary>
    public TokenHash Hash() => TokenHash.Of(_value);

    /// <summary>The raw value, for the one response that carries it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public override string ToString() => "(secret)";

    /// <inheritdoc />
    public bool Equals(OpaqueToken other) => Hash().FixedTimeEquals(other.Hash());

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is OpaqueToken other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Hash().GetHashCode();

    /// <summary>Whether both hold the same secret.</summary>
    public static bool operator ==(OpaqueToken left, OpaqueToken right) => left.Equals(right);

    /// <summary>Whether the two hold different secrets.</summary>
    public static bool operator !=(OpaqueToken left, OpaqueToken right) => !left.Equals(right);
}
