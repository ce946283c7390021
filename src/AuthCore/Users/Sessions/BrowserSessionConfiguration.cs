using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Users.Sessions;

internal sealed class BrowserSessionConfiguration : IEntityTypeConfiguration<BrowserSession>
{
    public void Configure(EntityTypeBuilder<BrowserSession> builder)
    {
        builder.ToTable("BrowserSessions").HasKey(session => session.SessionId);
        builder.Property(session => session.EndedBy).HasConversion<string>();
        builder.HasIndex(session => session.BegunAt);
        builder.HasIndex(session => new { session.UserId, session.EndedAt });
        builder.HasIndex(session => new { session.EndedAt, session.LastSeenAt });
    }
}
