using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Keys;

/// <summary>A signing key, its private half sealed under the master key.</summary>
internal sealed class SigningKey
{
    public required string KeyId { get; init; }

    /// <summary>A PKCS #8 private key, sealed.</summary>
    public required byte[] SealedPrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stopped signing; it verifies until its last token has expired.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}

/// <summary>A data-protection key (cookies, tickets, antiforgery), an XML element whose secret part is sealed under the master key.</summary>
internal sealed class DataProtectionKey
{
    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}

internal sealed class StoredKeysConfiguration : IEntityTypeConfiguration<SigningKey>, IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder) => builder.ToTable("SigningKeys").HasKey(key => key.KeyId);

    public void Configure(EntityTypeBuilder<DataProtectionKey> builder) => builder.ToTable("DataProtectionKeys").HasKey(key => key.FriendlyName);
}
