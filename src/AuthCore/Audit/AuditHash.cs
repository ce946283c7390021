using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuthCore.Audit;

/// <summary>A hash over the hash of the line before and every column of this one, each with its length, so that no two lines read alike.</summary>
internal static class AuditHash
{
    /// <summary>What the very first line takes for the hash of the line before.</summary>
    public static byte[] Beginning { get; } = new byte[SHA256.HashSizeInBytes];

    /// <summary>HMAC-SHA-256: who can write to the database but has not the master key cannot make one.</summary>
    public static byte[] Keyed(byte[] key, byte[] before, StoredFact line)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(before);
        Append(hash, line.Number);
        Append(hash, line.At.ToUnixTimeMilliseconds());
        return AppendTexts(hash, line.Writer, line.Name, line.Actor, line.Subject, line.Data, line.Address, line.CorrelationId);
    }

    /// <summary>SHA-256, as lines had it before chains were keyed.</summary>
    public static byte[] Unkeyed(byte[] before, StoredFact line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Append(hash, line.Sequence);
        Append(hash, line.At.ToUnixTimeMilliseconds());
        return AppendTexts(hash, line.Name, line.Actor, line.Subject, line.Detail, line.Address, line.CorrelationId);
    }

    private static byte[] AppendTexts(IncrementalHash hash, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            Append(hash, text is null ? -1 : bytes.Length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
