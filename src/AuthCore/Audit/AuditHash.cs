using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuthCore.Audit;

/// <summary>SHA-256 over the hash of the line before and every column of this one, each with its length, so that no two lines read alike.</summary>
internal static class AuditHash
{
    /// <summary>What the first line takes for the hash of the line before.</summary>
    public static byte[] Beginning { get; } = new byte[SHA256.HashSizeInBytes];

    public static byte[] Of(
        byte[] before, long sequence, DateTimeOffset at, string action, string actor, string subject, string? detail, AuditSource source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Append(hash, sequence);
        Append(hash, at.ToUnixTimeMilliseconds());
        foreach (var text in (ReadOnlySpan<string?>)[action, actor, subject, detail, source.Address, source.CorrelationId])
        {
            var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
            Append(hash, text is null ? -1 : bytes.Length);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    public static byte[] Of(byte[] before, AuditLine line) =>
        Of(before, line.Sequence, line.At, line.Action, line.Actor, line.Subject, line.Detail, new AuditSource(line.Address, line.CorrelationId));

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
