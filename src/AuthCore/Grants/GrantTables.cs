using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>The tables of grants: token families, their lineage, and the codes that begin them.</summary>
internal static class GrantTables
{
    public static DbSet<TokenFamily> Families(this DbContext db) => db.Set<TokenFamily>();

    public static DbSet<FamilyGeneration> Generations(this DbContext db) => db.Set<FamilyGeneration>();

    public static DbSet<AuthorizationCode> Codes(this DbContext db) => db.Set<AuthorizationCode>();
}
