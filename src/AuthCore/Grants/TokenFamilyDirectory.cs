using System.Security.Claims;
using AuthCore.Clients.Names;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

internal sealed class TokenFamilyDirectory(IReadDatabase database, OperatorGate gate, ClientNames names, TimeProvider time) : ITokenFamilyDirectory
{
    private const int MaxLineage = 500;
    private const int MaxOwn = 200;

    public async Task<Page<FamilyRow>> ListAsync(ClaimsPrincipal caller, FamilyQuery query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        var now = time.GetUtcNow();
        await using var db = database.Open();
        var filter = await FamilyFilter.OfAsync(db, query, now, cancellationToken);
        var count = await filter.Look(db.Families()).CountAsync(query.Skip, cancellationToken);
        var keys = await FamilyOrder.KeysAsync(db, filter, query, count.AreFew, cancellationToken);
        var listed = await ListedFamily.From(db, db.Families().Where(family => keys.Contains(family.FamilyId))).ToDictionaryAsync(row => row.Family.FamilyId, StringComparer.Ordinal, cancellationToken);
        // One may have been purged since its key was read.
        return new Page<FamilyRow>([.. keys.Where(listed.ContainsKey).Select(key => listed[key].ToRow(names, now))], count.Total, count.More);
    }

    public async Task<int> CountRevokedForReuseAsync(ClaimsPrincipal caller, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        return await db.Families().CountAsync(
            family => family.ReuseMarks > 0 && family.RevokedAt >= since
                && (family.RevocationReason == RevocationReason.RefreshTokenReused || family.RevocationReason == RevocationReason.CodeReused),
            cancellationToken);
    }

    public async Task<IReadOnlyList<GenerationRow>> LineageAsync(ClaimsPrincipal caller, string familyId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        var owner = await db.Families().Where(family => family.FamilyId == familyId).Select(family => family.UserId).SingleOrDefaultAsync(cancellationToken);
        await gate.RequireOwnerOrAsync(caller, owner, Roles.Viewer, cancellationToken);
        var newestFirst = await db.Generations().Where(line => line.FamilyId == familyId)
            .OrderByDescending(line => line.Id).Take(MaxLineage)
            .Select(line => new GenerationRow(line.Generation, line.At, line.Outcome, line.Address, line.UserAgent))
            .ToListAsync(cancellationToken);
        newestFirst.Reverse();
        return newestFirst;
    }

    public async Task<IReadOnlyList<FamilyRow>> ListOwnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default)
    {
        if (OperatorGate.UserIdOf(caller) is not { } userId)
        {
            return [];
        }

        var now = time.GetUtcNow();
        await using var db = database.Open();
        var own = db.Families().Where(family => family.UserId == userId && family.RevokedAt == null && family.ExpiresAt > now);
        var rows = await ListedFamily.From(db, own).OrderByDescending(listed => listed.Family.CreatedAt).Take(MaxOwn).ToListAsync(cancellationToken);
        return [.. rows.Select(listed => listed.ToRow(names, now))];
    }
}
