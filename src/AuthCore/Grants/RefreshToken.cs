using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AuthCore.Keys;

namespace AuthCore.Grants;

/// <summary>
/// The wire form of a refresh token: <c>mrt_</c> and base64url of family (16 bytes), generation (4) and authenticator (32). Nothing in it is stored;
/// see <see cref="RefreshTokenDeriver"/>.
/// </summary>
internal readonly struct RefreshToken
{
    private const string Prefix = "mrt_";
    private const int FamilyBytes = 16;
    private const int Length = FamilyBytes + sizeof(int) + HMACSHA256.HashSizeInBytes;

    private readonly byte[] _authenticator;

    public RefreshToken(string familyId, int generation, byte[] authenticator)
    {
        FamilyId = familyId;
        Generation = generation;
        _authenticator = authenticator;
    }

    public string FamilyId { get; }

    public int Generation { get; }

    public static bool TryParse(string? presented, [NotNullWhen(true)] out RefreshToken? token)
    {
        token = null;
        Span<byte> bytes = stackalloc byte[Length];
        if (presented?.StartsWith(Prefix, StringComparison.Ordinal) != true
            || presented.Length != Prefix.Length + Base64Url.GetEncodedLength(Length)
            || Base64Url.DecodeFromChars(presented.AsSpan(Prefix.Length), bytes, out _, out var length) != OperationStatus.Done
            || length != Length)
        {
            return false;
        }

        var generation = BinaryPrimitives.ReadInt32BigEndian(bytes[FamilyBytes..]);
        token = new RefreshToken(Convert.ToHexStringLower(bytes[..FamilyBytes]), generation, bytes[(FamilyBytes + sizeof(int))..].ToArray());
        return generation > 0;
    }

    public bool Matches(RefreshToken genuine) => CryptographicOperations.FixedTimeEquals(_authenticator, genuine._authenticator);

    /// <summary>For the one response that carries it.</summary>
    public string Reveal()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Convert.FromHexString(FamilyId, bytes, out _, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[FamilyBytes..], Generation);
        _authenticator.CopyTo(bytes[(FamilyBytes + sizeof(int))..]);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    public override string ToString() => $"(refresh token {Generation} of {FamilyId})";
}

/// <summary>
/// Derives the refresh token of a generation from the family's secret, which is in the database, and the master key, which is not: an attacker who has only one
/// of the two cannot make one. The same generation always gives the same token, so that a lost answer can be given again.
/// </summary>
internal sealed class RefreshTokenDeriver(MasterKey master)
{
    public RefreshToken Derive(TokenFamily family, int generation) => new(
        family.FamilyId,
        generation,
        HMACSHA256.HashData(master.Derive("refresh-token", family.Secret), Encoding.UTF8.GetBytes($"{family.FamilyId}/{generation}/{family.ClientId}")));

    public bool IsGenuine(RefreshToken presented, TokenFamily family) => presented.Matches(Derive(family, presented.Generation));
}
