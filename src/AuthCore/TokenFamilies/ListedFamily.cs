using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.TokenFamilies;

/// <summary>A family beside the names of its user and client and its last sighting, as one query reads them.</summary>
internal sealed class ListedFamily
{
    public required TokenFamily Family { get; init; }

    public required string? Email { get; init; }

    public required string? ClientName { get; init; }

    public required ClientOrigin? ClientOrigin { get; init; }

    public required FamilyActivity? Activity { get; init; }

    public static IQueryable<ListedFamily> From(AuthDbContext db, IQueryable<TokenFamily> families) =>
        from family in families
        join user in db.Users on family.UserId equals user.Id into users
        from user in users.DefaultIfEmpty()
        join client in db.Clients on family.ClientId equals client.ClientId into clients
        from client in clients.DefaultIfEmpty()
        join activity in db.FamilyActivity on family.FamilyId equals activity.FamilyId into activities
        from activity in activities.DefaultIfEmpty()
        select new ListedFamily
        {
            Family = family,
            Email = user == null ? null : user.Email,
            ClientName = client == null ? null : client.Name,
            ClientOrigin = client == null ? null : client.Origin,
            Activity = activity,
        };

    public static IQueryable<ListedFamily> Sort(IQueryable<ListedFamily> families, FamilyQuery query)
    {
        var sorted = (query.SortBy, query.Descending) switch
        {
            (null, _) => families.OrderByDescending(listed => listed.Family.CreatedAt),
            (FamilySort.CreatedAt, false) => families.OrderBy(listed => listed.Family.CreatedAt),
            (FamilySort.CreatedAt, true) => families.OrderByDescending(listed => listed.Family.CreatedAt),
            (FamilySort.LastSeenAt, false) => families.OrderBy(listed => listed.Activity!.LastSeenAt),
            (FamilySort.LastSeenAt, true) => families.OrderByDescending(listed => listed.Activity!.LastSeenAt),
            (FamilySort.User, false) => families.OrderBy(listed => EF.Functions.Collate(listed.Email!, "NOCASE")),
            (FamilySort.User, true) => families.OrderByDescending(listed => EF.Functions.Collate(listed.Email!, "NOCASE")),
            (FamilySort.Client, false) => families.OrderBy(listed => EF.Functions.Collate(listed.ClientName!, "NOCASE")),
            (FamilySort.Client, true) => families.OrderByDescending(listed => EF.Functions.Collate(listed.ClientName!, "NOCASE")),
            (FamilySort.Generation, false) => families.OrderBy(listed => listed.Family.Generation),
            (FamilySort.Generation, true) => families.OrderByDescending(listed => listed.Family.Generation),
        };
        return sorted.ThenByDescending(listed => listed.Family.FamilyId);
    }

    public FamilyRow ToRow(DateTimeOffset now) => new(
        Family.FamilyId, Family.UserId, Email ?? Family.UserId, Family.ClientId, ClientName ?? Family.ClientId, ClientOrigin ?? Clients.ClientOrigin.Dynamic,
        Family.RedirectHost, Family.Resource, Family.Scopes, Family.Generation,
        Family.RevokedAt is not null ? FamilyState.Revoked : Family.ExpiresAt > now ? FamilyState.Live : FamilyState.Expired,
        Family.CreatedAt, Family.CreatedFrom, Activity?.LastSeenAt, Activity?.Address, Activity?.UserAgent, Family.ExpiresAt,
        Family.RevokedAt, Family.EndedBy, Family.ReuseMarks);
}
