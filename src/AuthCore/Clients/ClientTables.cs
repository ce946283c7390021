using Microsoft.EntityFrameworkCore;

namespace AuthCore.Clients;

/// <summary>The table of clients.</summary>
internal static class ClientTables
{
    public static DbSet<Client> Clients(this DbContext db) => db.Set<Client>();
}
