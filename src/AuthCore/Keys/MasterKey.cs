using System.Security.Cryptography;
using System.Text;
using AuthCore.Hosting;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Keys;

/// <summary>
/// The one secret that is outside the database. Never used itself: every purpose has a key derived from it (HKDF, RFC 5869).
/// </summary>
internal sealed class MasterKey(IOptions<KeyOptions> options, DataDirectory directory, IReadDatabase database, ILogger<MasterKey> logger)
{
    private const int KeySize = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly Lazy<byte[]> _key = new(() => options.Value.MasterKey is { } configured
        ? Decode(configured, "Keys:MasterKey")
        : FromFile(directory.File(options.Value.MasterKeyFile), database, logger));

    /// <summary>A key of 32 bytes for one purpose, and for one of its things where there are many.</summary>
    public byte[] Derive(string purpose, ReadOnlySpan<byte> salt = default)
    {
        var derived = new byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Value, derived, salt, Encoding.UTF8.GetBytes($"McpAuthConsole/{purpose}/v1"));
        return derived;
    }

    /// <summary>Seals with AES-256-GCM: nonce, tag, ciphertext.</summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plaintext)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plaintext.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Derive(purpose), TagSize);
        aes.Encrypt(nonce, plaintext, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize));
        return sealedBytes;
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="CryptographicException">It was sealed under another master key, or altered.</exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("Too short to have been sealed here.");
        }

        var plaintext = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(Derive(purpose), TagSize);
        aes.Decrypt(sealedBytes[..NonceSize], sealedBytes[(NonceSize + TagSize)..], sealedBytes.Slice(NonceSize, TagSize), plaintext);
        return plaintext;
    }

    /// <exception cref="BrokenSetupException">The file is missing beside a database that needs it, or holds no key.</exception>
    private static byte[] FromFile(string path, IReadDatabase database, ILogger logger)
    {
        if (!File.Exists(path))
        {
            // A new key opens nothing that the old one sealed, and its file would be taken for the right one when a backup is restored.
            if (HasSealedRows(database))
            {
                throw new BrokenSetupException(
                    $"Keys: {path} is missing, and {database.Name} was sealed under the master key that it held. Put the master key that belongs to this database back, or start with an empty data directory.");
            }

            Create(path);
        }
        else if (PrivateFile.Tighten(path) is { } mode)
        {
            Log.MasterKeyWasOpenToOthers(logger, path, mode);
        }

        return Decode(File.ReadAllText(path).Trim(), path);
    }

    private static bool HasSealedRows(IReadDatabase database)
    {
        using var db = database.Open();
        return db.SigningKeys().Any() || db.DataProtectionKeys().Any();
    }

    /// <summary>Written whole beside its place, flushed, then moved there: a crash leaves either no key or a whole one.</summary>
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + ".partial";
        File.Delete(partial);
        using (var file = new FileStream(partial, PrivateFile.Options(FileMode.CreateNew)))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize))));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, path, overwrite: false);
    }

    private static byte[] Decode(string base64, string source)
    {
        var key = new byte[KeySize];
        return Convert.TryFromBase64String(base64, key, out var length) && length == KeySize
            ? key
            : throw new BrokenSetupException($"{source}: must hold exactly {KeySize} bytes in base64.");
    }
}
