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

        var families = filter.Sift(db.Families());
        return query.SortBy switch
        {
            FamilySort.LastSeenAt => await WithRestAsync(AlongSightings(db, families, query), Unseen(db, families), query, cancellationToken),
            FamilySort.User => await WithRestAsync(AlongPeople(db, families, query), WithoutPerson(db, families), query, cancellationToken),
            FamilySort.Client => await WithRestAsync(AlongClients(db, families, query), WithoutClient(db, families), query, cancellationToken),
            // No index: each refresh would have to write it.
            FamilySort.Generation => await PageAsync(families.By(family => family.Generation, query.Descending).ThenByDescending(family => family.FamilyId).Select(family => family.FamilyId), query.Skip, query.Take, cancellationToken),
            FamilySort.CreatedAt => await PageAsync(families.By(family => family.CreatedAt, query.Descending).Select(family => family.FamilyId), query.Skip, query.Take, cancellationToken),
            null => await PageAsync(families.OrderByDescending(family => family.CreatedAt).Select(family => family.FamilyId), query.Skip, query.Take, cancellationToken),
        };
    }

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

    private static IQueryable<string> Unseen(DbContext db, IQueryable<TokenFamily> families) =>
        Rest(families.Where(family => !db.FamilyActivity().Any(activity => activity.FamilyId == family.FamilyId)));

    private static IQueryable<string> WithoutPerson(DbContext db, IQueryable<TokenFamily> families) =>
        Rest(families.Where(family => !db.Users().Any(user => user.Id == family.UserId)));

    private static IQueryable<string> WithoutClient(DbContext db, IQueryable<TokenFamily> families) =>
        Rest(families.Where(family => !db.Clients().Any(client => client.ClientId == family.ClientId)));

    private static IQueryable<string> Rest(IQueryable<TokenFamily> families) => families.OrderByDescending(family => family.FamilyId).Select(family => family.FamilyId);

    private static async Task<IReadOnlyList<string>> WithRestAsync(IQueryable<string> first, IQueryable<string> rest, FamilyQuery query, CancellationToken cancellationToken)
    {
        var page = await PageAsync(first, query.Skip, query.Take, cancellationToken);
        if (page.Count == query.Take)
        {
            return page;
        }

        var passed = page.Count > 0 ? query.Skip : await first.Take(query.Skip).CountAsync(cancellationToken);
        return [.. page, .. await PageAsync(rest, query.Skip - passed, query.Take - page.Count, cancellationToken)];
    }

    private static Task<List<string>> PageAsync(IQueryable<string> keys, int skip, int take, CancellationToken cancellationToken) =>
        keys.Skip(skip).Take(take).ToListAsync(cancellationToken);
}
