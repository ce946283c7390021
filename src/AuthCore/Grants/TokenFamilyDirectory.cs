using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Storage;
using AuthCore.Telemetry;
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
        var families = Filter(db, query, now);
        var page = await ListedFamily.Sort(ListedFamily.From(db, families), query).Skip(query.Skip).Take(query.Take).ToListAsync(cancellationToken);
        return new Page<FamilyRow>([.. page.Select(listed => listed.ToRow(names, now))], await families.CountAsync(cancellationToken));
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

    private static IQueryable<TokenFamily> Filter(DbContext db, FamilyQuery query, DateTimeOffset now)
    {
        var families = query.State is not { } state ? db.Families() : state switch
        {
            FamilyState.Live => db.Families().Where(family => family.RevokedAt == null && family.ExpiresAt > now),
            FamilyState.Expired => db.Families().Where(family => family.RevokedAt == null && family.ExpiresAt <= now),
            FamilyState.Revoked => db.Families().Where(family => family.RevokedAt != null),
        };
        if (query.ClientId is { } clientId)
        {
            families = families.Where(family => family.ClientId == clientId);
        }

        if (query.UserId is { } userId)
        {
            families = families.Where(family => family.UserId == userId);
        }

        if (query.OnlyReused)
        {
            families = families.Where(family => family.ReuseMarks > 0);
        }

        return LikePattern.Containing(query.Search) is { } pattern ? Search(db, families, pattern) : families;
    }

    private static IQueryable<TokenFamily> Search(DbContext db, IQueryable<TokenFamily> families, string pattern) => families.Where(family =>
        EF.Functions.Like(family.FamilyId, pattern, LikePattern.Escape)
        || EF.Functions.Like(family.Scopes, pattern, LikePattern.Escape)
        || EF.Functions.Like(family.CreatedFrom!, pattern, LikePattern.Escape)
        || db.FamilyActivity().Any(activity => activity.FamilyId == family.FamilyId && EF.Functions.Like(activity.Address!, pattern, LikePattern.Escape))
        || db.Users().Any(user => user.Id == family.UserId && EF.Functions.Like(user.Email!, pattern, LikePattern.Escape))
        || db.Clients().Any(client => client.ClientId == family.ClientId && EF.Functions.Like(client.Name, pattern, LikePattern.Escape)));
}
