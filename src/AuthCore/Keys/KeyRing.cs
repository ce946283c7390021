using System.Collections.Frozen;
using System.Security.Cryptography;
using AuthCore.Hosting;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace AuthCore.Keys;

/// <summary>The signing keys: one signs, those before it verify until their last token has expired.</summary>
internal sealed class KeyRing(MasterKey master, IReadDatabase database, IWriteLane lane, ILogger<KeyRing> logger)
{
    private const string Purpose = "signing-key";

    private FrozenDictionary<string, ECDsaSecurityKey> _keys = FrozenDictionary<string, ECDsaSecurityKey>.Empty;
    private ECDsaSecurityKey? _signing;

    /// <summary>The key in use, for ES256 (RFC 7518 §3.4). Any number of threads may sign with it.</summary>
    public ECDsaSecurityKey Signing => _signing ?? throw new InvalidOperationException("The keys are not loaded yet.");

    /// <summary>The public halves, as <c>jwks_uri</c> lists them (RFC 7517): another list as soon as the keys are others.</summary>
    public IReadOnlyList<JsonWebKey> PublicKeys { get; private set; } = [];

    /// <summary>The key of that identifier; null for one that is not ours.</summary>
    public SecurityKey? Find(string? keyId) => keyId is null ? null : _keys.GetValueOrDefault(keyId);

    /// <summary>Reads the keys; makes the first.</summary>
    /// <exception cref="BrokenSetupException">They were sealed under another master key.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        List<SigningKey> stored;
        await using (var db = database.Open())
        {
            stored = await db.SigningKeys().OrderBy(key => key.CreatedAt).ToListAsync(cancellationToken);
        }

        if (stored.All(key => key.RetiredAt is not null))
        {
            stored.Add(await CreateAsync(cancellationToken));
        }

        _keys = stored.ToFrozenDictionary(key => key.KeyId, Open, StringComparer.Ordinal);
        PublicKeys = [.. _keys.Values.Select(PublicHalf)];
        _signing = _keys[stored.Last(key => key.RetiredAt is null).KeyId];
        Log.KeysLoaded(logger, _keys.Count, _signing.KeyId);
    }

    private async Task<SigningKey> CreateAsync(CancellationToken cancellationToken)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var sealedKey = master.Seal(Purpose, pair.ExportPkcs8PrivateKey());
        return await lane.WriteAsync(
            async unit =>
            {
                var key = new SigningKey { KeyId = keyId, SealedPrivateKey = sealedKey, CreatedAt = unit.Now };
                unit.Db.SigningKeys().Add(key);
                await unit.Db.SaveChangesAsync();
                return key;
            },
            cancellationToken);
    }

    private ECDsaSecurityKey Open(SigningKey stored)
    {
        var pair = ECDsa.Create();
        try
        {
            pair.ImportPkcs8PrivateKey(master.Open(Purpose, stored.SealedPrivateKey), out _);
        }
        catch (CryptographicException exception)
        {
            throw new BrokenSetupException(
                $"Keys: the signing key {stored.KeyId} in {database.Name} was sealed under another master key. Put the master key that belongs to this database back, or start with an empty data directory.",
                exception);
        }

        return new ECDsaSecurityKey(pair) { KeyId = stored.KeyId };
    }

    private static JsonWebKey PublicHalf(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            Crv = JsonWebKeyECTypes.P256,
            X = Base64UrlEncoder.Encode(point.X),
            Y = Base64UrlEncoder.Encode(point.Y),
            Kid = key.KeyId,
            Use = JsonWebKeyUseNames.Sig,
            Alg = SecurityAlgorithms.EcdsaSha256,
        };
    }
}
