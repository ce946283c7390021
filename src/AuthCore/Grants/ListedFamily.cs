using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Storage;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>A family beside the names of its user and client and its last sighting, as one query reads them.</summary>
internal sealed class ListedFamily
{
    public required TokenFamily Family { get; init; }

    public required string? Email { get; init; }

    public required string? ClientName { get; init; }

    public required bool? ClientNameHid { get; init; }

    public required ClientOrigin? ClientOrigin { get; init; }

    public required FamilyActivity? Activity { get; init; }

    public static IQueryable<ListedFamily> From(DbContext db, IQueryable<TokenFamily> families) =>
        from family in families
        join user in db.Users() on family.UserId equals user.Id into users
        from user in users.DefaultIfEmpty()
        join client in db.Clients() on family.ClientId equals client.ClientId into clients
        from client in clients.DefaultIfEmpty()
        join activity in db.FamilyActivity() on family.FamilyId equals activity.FamilyId into activities
        from activity in activities.DefaultIfEmpty()
        select new ListedFamily
        {
            Family = family,
            Email = user == null ? null : user.Email,
            ClientName = client == null ? null : client.Name,
            ClientNameHid = client == null ? null : client.NameHid,
            ClientOrigin = client == null ? null : client.Origin,
            Activity = activity,
        };

    public static IQueryable<ListedFamily> Sort(IQueryable<ListedFamily> families, FamilyQuery query)
    {
        var sorted = query.SortBy is not { } column ? families.OrderByDescending(listed => listed.Family.CreatedAt) : column switch
        {
            FamilySort.CreatedAt => families.By(listed => listed.Family.CreatedAt, query.Descending),
            FamilySort.LastSeenAt => families.OrderBy(listed => listed.Activity == null).ThenBy(listed => listed.Activity!.LastSeenAt, query.Descending),
            FamilySort.User => families.OrderBy(listed => listed.Email == null).ThenBy(listed => TextOrder.IgnoringCase(listed.Email!), query.Descending),
            FamilySort.Client => families.OrderBy(listed => listed.ClientName == null).ThenBy(listed => TextOrder.IgnoringCase(listed.ClientName!), query.Descending),
            FamilySort.Generation => families.By(listed => listed.Family.Generation, query.Descending),
        };
        return sorted.ThenByDescending(listed => listed.Family.FamilyId);
    }

    public FamilyRow ToRow(ClientNames names, DateTimeOffset now) => new(
        Family.FamilyId, Family.UserId, Email ?? Family.UserId, Family.ClientId, NameBy(names), ClientOrigin ?? Clients.ClientOrigin.Dynamic,
        Family.RedirectHost, Family.Resource, Family.Scopes, Family.Generation,
        Family.RevokedAt is not null ? FamilyState.Revoked : Family.ExpiresAt > now ? FamilyState.Live : FamilyState.Expired,
        Family.CreatedAt, Family.CreatedFrom, Activity?.LastSeenAt, Activity?.Address, Activity?.UserAgent, Family.ExpiresAt,
        Family.RevokedAt, Family.RevocationReason, Family.ReuseMarks);

    private ClientName NameBy(ClientNames names) => ClientName is { } name && ClientOrigin is { } origin ? names.Of(name, origin, ClientNameHid is true) : new ClientName(Family.ClientId);
}
