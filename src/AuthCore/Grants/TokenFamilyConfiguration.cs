using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Grants;

internal sealed class TokenFamilyConfiguration : IEntityTypeConfiguration<TokenFamily>, IEntityTypeConfiguration<FamilyGeneration>
{
    public void Configure(EntityTypeBuilder<TokenFamily> builder)
    {
        builder.ToTable("TokenFamilies").HasKey(family => family.FamilyId);
        builder.Property(family => family.EndedBy).HasConversion<string>();
        builder.Property(family => family.Unproven).HasDefaultValue(false);
        builder.HasIndex(family => family.CreatedAt);
        builder.HasIndex(family => new { family.UserId, family.RevokedAt, family.ExpiresAt });
        builder.HasIndex(family => new { family.ClientId, family.RevokedAt, family.ExpiresAt });
        builder.HasIndex(family => new { family.RevokedAt, family.ExpiresAt });
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
