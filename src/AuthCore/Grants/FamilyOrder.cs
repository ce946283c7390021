using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>
/// Which families are on a page, by their keys alone: what is shown of them is read for those few only. A list that is not long is sorted; a long one is read along the index
/// of its column, from where the page begins to where it ends. Families that have nothing in that column come last, whichever way it is sorted.
/// </summary>
internal static class FamilyOrder
{
    public static async Task<IReadOnlyList<string>> KeysAsync(DbContext db, FamilyFilter filter, FamilyQuery query, bool few, CancellationToken cancellationToken)
    {
        if (few)
        {
            var sorted = ListedFamily.Sort(ListedFamily.From(db, filter.Look(db.Families())), query);
            return await sorted.Skip(query.Skip).Take(query.Take).Select(listed => listed.Family.FamilyId).ToListAsync(cancellationToken);
        }

        var page = await PageAsync(Along(db, filter, query), query.Skip, query.Take, cancellationToken);
        if (page.Count == query.Take || Rest(db, filter.Sift(db.Families()), query.SortBy) is not { } rest)
        {
            return page;
        }

        var passed = page.Count > 0 ? query.Skip : await Along(db, filter, query).Take(query.Skip).CountAsync(cancellationToken);
        var keys = rest.OrderByDescending(family => family.FamilyId).Select(family => family.FamilyId);
        return [.. page, .. await PageAsync(keys, query.Skip - passed, query.Take - page.Count, cancellationToken)];
    }

    /// <summary>The keys of a long list, in the order of an index; without those families that have nothing in the column.</summary>
    public static IQueryable<string> Along(DbContext db, FamilyFilter filter, FamilyQuery query)
    {
        var families = filter.Sift(db.Families());
        return query.SortBy switch
        {
            FamilySort.LastSeenAt => AlongSightings(db, families, query),
            FamilySort.User => AlongPeople(db, families, query),
            FamilySort.Client => AlongClients(db, families, query),
            // No index: each refresh would have to write it.
            FamilySort.Generation => families.By(family => family.Generation, query.Descending).ThenByDescending(family => family.FamilyId).Select(family => family.FamilyId),
            FamilySort.CreatedAt => families.By(family => family.CreatedAt, query.Descending).Select(family => family.FamilyId),
            null => families.OrderByDescending(family => family.CreatedAt).Select(family => family.FamilyId),
        };
    }

    private static IQueryable<TokenFamily>? Rest(DbContext db, IQueryable<TokenFamily> families, FamilySort? column) => column switch
    {
        FamilySort.LastSeenAt => families.Where(family => !db.FamilyActivity().Any(activity => activity.FamilyId == family.FamilyId)),
        FamilySort.User => families.Where(family => !db.Users().Any(user => user.Id == family.UserId)),
        FamilySort.Client => families.Where(family => !db.Clients().Any(client => client.ClientId == family.ClientId)),
        _ => null,
    };

    // Two sources and a condition are a CROSS JOIN, which is read in the order in which it is written; a join may be turned round.
    private static IQueryable<string> AlongSightings(DbContext db, IQueryable<TokenFamily> families, FamilyQuery query) =>
        (from activity in db.FamilyActivity() from family in families where family.FamilyId == activity.FamilyId select new { activity.LastSeenAt, family.FamilyId })
        .By(pair => pair.LastSeenAt, query.Descending).Select(pair => pair.FamilyId);

    private static IQueryable<string> AlongPeople(DbContext db, IQueryable<TokenFamily> families, FamilyQuery query) =>
        (from user in db.Users() from family in families where family.UserId == user.Id select new { user.NormalizedEmail, family.FamilyId })
        .By(pair => pair.NormalizedEmail, query.Descending).Select(pair => pair.FamilyId);

    private static IQueryable<string> AlongClients(DbContext db, IQueryable<TokenFamily> families, FamilyQuery query) =>
        (from client in db.Clients() from family in families where family.ClientId == client.ClientId select new { client.Name, family.FamilyId })
        .By(pair => TextOrder.IgnoringCase(pair.Name), query.Descending).Select(pair => pair.FamilyId);

    private static Task<List<string>> PageAsync(IQueryable<string> keys, int skip, int take, CancellationToken cancellationToken) =>
        keys.Skip(skip).Take(take).ToListAsync(cancellationToken);
}
