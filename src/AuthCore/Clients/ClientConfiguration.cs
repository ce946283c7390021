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
        builder.HasIndex(client => new { client.Origin, client.CreatedAt });
        // IX_Clients_Name is made by the migration ListIndexes, in SQL: the model cannot say that an index alone disregards case.
        // Counted and read from its old end at every registration (UnusedRegistrationCap), without a look into the table.
        builder.HasIndex([nameof(Client.Origin), nameof(Client.LastGrantedAt), nameof(Client.DisabledAt), nameof(Client.CreatedAt), nameof(Client.Size)], "IX_Clients_Unused")
            .HasFilter("\"Origin\" = 'Dynamic' AND \"LastGrantedAt\" IS NULL AND \"DisabledAt\" IS NULL");
    }
}
