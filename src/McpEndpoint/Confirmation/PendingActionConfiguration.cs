using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace McpEndpoint.Confirmation;

internal sealed class PendingActionConfiguration : IEntityTypeConfiguration<PendingAction>
{
    public void Configure(EntityTypeBuilder<PendingAction> builder)
    {
        builder.ToTable("McpPendingActions");
        builder.HasKey(action => action.TokenHash);
        builder.Property(action => action.TokenHash).HasMaxLength(43);
        builder.Property(action => action.Tool).HasMaxLength(64);
        builder.Property(action => action.ArgumentsDigest).HasMaxLength(43);
        builder.Property(action => action.IdempotencyKey).HasMaxLength(ConfirmRequestTool.MaxKeyLength);
        builder.Property(action => action.State).HasConversion<int>();

        // A key names one confirmation of one user's client, whatever else goes wrong. Null keys do not collide.
        builder.HasIndex(action => new { action.UserId, action.ClientId, action.IdempotencyKey }).IsUnique();
        builder.HasIndex(action => action.ExpiresAt);
    }
}
