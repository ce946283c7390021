using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AuthCore.Clients;

internal sealed class ClientConfiguration : IEntityTypeConfiguration<Client>
{
    public void Configure(EntityTypeBuilder<Client> builder)
    {
        builder.ToTable("Clients").HasKey(client => client.ClientId);
        builder.Property(client => client.Origin).HasConversion<string>();
        builder.HasIndex(client => client.CreatedAt);
        builder.HasIndex(client => client.DisabledAt);
    }
}
