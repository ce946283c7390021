using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// Purges families that were over long ago, with their lineage. What was revoked and what expired are two questions, since one index answers each of them and none
/// answers both.
/// </summary>
internal sealed class StaleFamilies(IWriteLane lane, IOptions<TokenOptions> options, TimeProvider time, ILogger<StaleFamilies> logger) : ICleanup
{
    public string What => "TokenFamilies";

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var rows = await lane.WriteAllAtLeisureAsync(time, unit => PurgeSomeAsync(unit, Revoked(unit.Db, unit.Now - options.Value.LineageRetention)), cancellationToken)
            + await lane.WriteAllAtLeisureAsync(time, unit => PurgeSomeAsync(unit, Expired(unit.Db, unit.Now - options.Value.LineageRetention)), cancellationToken);
        if (rows > 0)
        {
            Storage.Log.CleanedUp(logger, rows, "TokenFamilies and FamilyGenerations");
        }
    }

    private static IQueryable<TokenFamily> Revoked(DbContext db, DateTimeOffset before) =>
        db.Families().Where(family => family.RevokedAt < before).OrderBy(family => family.RevokedAt);

    private static IQueryable<TokenFamily> Expired(DbContext db, DateTimeOffset before) =>
        db.Families().Where(family => family.RevokedAt == null && family.ExpiresAt < before).OrderBy(family => family.ExpiresAt);

    /// <summary>The lineage goes first, so many lines at once: the foreign key would take thousands along in one statement.</summary>
    private static async Task<int> PurgeSomeAsync(WriteUnit unit, IQueryable<TokenFamily> due)
    {
        var ids = await due.Select(family => family.FamilyId).Take(Batches.Size).ToArrayAsync();
        if (ids.Length == 0)
        {
            return 0;
        }

        var lines = await unit.Db.Generations().Where(line => ids.Contains(line.FamilyId))
            .OrderBy(line => line.FamilyId).ThenBy(line => line.Id).Take(Batches.Size).ExecuteDeleteAsync();
        return lines == Batches.Size
            ? lines
            : await unit.Db.Families().Where(family => ids.Contains(family.FamilyId)).ExecuteDeleteAsync();
    }
}
