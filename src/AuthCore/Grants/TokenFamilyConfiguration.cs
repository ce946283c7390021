using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Grants;

internal sealed class TokenFamilyConfiguration : IEntityTypeConfiguration<TokenFamily>, IEntityTypeConfiguration<FamilyGeneration>
{
    public void Configure(EntityTypeBuilder<TokenFamily> builder)
    {
        builder.ToTable("TokenFamilies").HasKey(family => family.FamilyId);
        builder.Property(family => family.RevocationReason).HasConversion<string>();
        builder.Ignore(family => family.Subject);
        builder.Property(family => family.Unproven).HasDefaultValue(false);
        // Each refresh writes every index that holds ExpiresAt again: no more of them than these three.
        builder.HasIndex(family => new { family.UserId, family.RevokedAt, family.ExpiresAt });
        builder.HasIndex(family => new { family.ClientId, family.RevokedAt, family.ExpiresAt });
        builder.HasIndex(family => new { family.RevokedAt, family.ExpiresAt });
        // Lists are read along it, and pass over what is revoked without a look into the table.
        builder.HasIndex(family => new { family.CreatedAt, family.RevokedAt });
        builder.HasIndex(family => family.RevokedAt, "IX_TokenFamilies_Reused").HasFilter("\"ReuseMarks\" > 0");
        // For searching.
        builder.HasIndex(family => family.Scopes);
        builder.HasIndex(family => family.CreatedFrom);
    }

    public void Configure(EntityTypeBuilder<FamilyGeneration> builder)
    {
        builder.ToTable("FamilyGenerations").HasKey(line => line.Id);
        builder.Property(line => line.Outcome).HasConversion<string>();
        builder.HasIndex(line => new { line.FamilyId, line.Id });
        builder.HasIndex(line => line.At);
        builder.HasOne<TokenFamily>().WithMany().HasForeignKey(line => line.FamilyId).OnDelete(DeleteBehavior.Cascade);
    }
}
