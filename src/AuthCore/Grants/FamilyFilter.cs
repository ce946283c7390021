using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>Which families a list shows: conditions that can be looked up in an index, or tested on the way along another one.</summary>
internal sealed class FamilyFilter
{
    /// <summary>Distinct sets of scopes that are looked through; what clients ask for is a handful.</summary>
    private const int MaxScopeSets = 200;

    private readonly List<Expression<Func<TokenFamily, bool>>> _conditions = [];

    public static async Task<FamilyFilter> OfAsync(DbContext db, FamilyQuery query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What leaves the fewest comes first.
        var filter = new FamilyFilter();
        if (query.UserId is { } userId)
        {
            filter._conditions.Add(family => family.UserId == userId);
        }

        if (query.ClientId is { } clientId)
        {
            filter._conditions.Add(family => family.ClientId == clientId);
        }

        if (query.OnlyReused)
        {
            filter._conditions.Add(family => family.ReuseMarks > 0);
        }

        if (LikePattern.Bounded(query.Search) is { } text)
        {
            filter._conditions.Add(Found(db, text, await ScopeSetsAsync(db, text, cancellationToken)));
        }

        if (query.State is { } state)
        {
            filter._conditions.Add(In(state, now));
        }

        return filter;
    }

    /// <summary>For counting, and for a list that is short enough to be sorted: the first condition is looked up, and what it finds is tested by the others.</summary>
    public IQueryable<TokenFamily> Look(IQueryable<TokenFamily> families) =>
        _conditions.Skip(1).Aggregate(_conditions.Take(1).Aggregate(families, (rows, condition) => rows.Where(condition)), (rows, condition) => rows.Sift(condition));

    /// <summary>For a list that is read in an index's order.</summary>
    public IQueryable<TokenFamily> Sift(IQueryable<TokenFamily> families) => _conditions.Aggregate(families, (rows, condition) => rows.Sift(condition));

    private static Expression<Func<TokenFamily, bool>> In(FamilyState state, DateTimeOffset now) => state switch
    {
        FamilyState.Live => family => family.RevokedAt == null && family.ExpiresAt > now,
        FamilyState.Expired => family => family.RevokedAt == null && family.ExpiresAt <= now,
        FamilyState.Revoked => family => family.RevokedAt != null,
    };

    /// <summary>Each part can be looked up by itself: people and clients are found by name first, identifiers and addresses by their beginning.</summary>
    [SuppressMessage("Globalization", "CA1309", Justification = "Translated: the database compares as the index is ordered.")]
    private static Expression<Func<TokenFamily, bool>> Found(DbContext db, string text, IReadOnlyCollection<string> scopeSets)
    {
        var pattern = LikePattern.Containing(text)!;
        var from = text.ToLowerInvariant();
        var to = from + '\uFFFF';
        var people = db.Users().Where(user => EF.Functions.Like(user.NormalizedEmail!, pattern, LikePattern.Escape)).Select(user => user.Id);
        var clients = db.Clients().Where(client => EF.Functions.Like(client.Name, pattern, LikePattern.Escape)).Select(client => client.ClientId);
        var seen = db.FamilyActivity().Where(activity => string.Compare(activity.Address, from) >= 0 && string.Compare(activity.Address, to) < 0)
            .Select(activity => activity.FamilyId);
        return family =>
            people.Contains(family.UserId!)
            || clients.Contains(family.ClientId)
            || scopeSets.Contains(family.Scopes)
            || seen.Contains(family.FamilyId)
            || (string.Compare(family.FamilyId, from) >= 0 && string.Compare(family.FamilyId, to) < 0)
            || (string.Compare(family.CreatedFrom, from) >= 0 && string.Compare(family.CreatedFrom, to) < 0);
    }

    /// <summary>The sets of scopes in which the text occurs, found by going from one set to the next in their index.</summary>
    [SuppressMessage("Globalization", "CA1309", Justification = "Translated: the database compares as the index is ordered.")]
    private static async Task<List<string>> ScopeSetsAsync(DbContext db, string text, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var last = "";
        for (var sets = 0; sets < MaxScopeSets; sets++)
        {
            var before = last;
            var next = await db.Families().Where(family => string.Compare(family.Scopes, before) > 0).OrderBy(family => family.Scopes)
                .Select(family => family.Scopes).FirstOrDefaultAsync(cancellationToken);
            if (next is null)
            {
                break;
            }

            last = next;
            if (next.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(next);
            }
        }

        return found;
    }
}
