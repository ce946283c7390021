using Microsoft.EntityFrameworkCore;

namespace AuthCore.Keys;

/// <summary>The tables of keys, sealed under the master key.</summary>
internal static class KeyTables
{
    public static DbSet<SigningKey> SigningKeys(this DbContext db) => db.Set<SigningKey>();

    public static DbSet<DataProtectionKey> DataProtectionKeys(this DbContext db) => db.Set<DataProtectionKey>();
}
