using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Registration;

internal sealed class ClientDirectory(
    IReadDatabase database, IWriteLane lane, OperatorGate gate, ClientNames names, TimeProvider time) : IClientDirectory
{
    public async Task<Page<ClientRow>> ListAsync(ClaimsPrincipal caller, ClientQuery query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        var clients = Filter(db.Clients(), query);
        var page = await Sort(Listed(db, clients), query).Skip(query.Skip).Take(query.Take).ToListAsync(cancellationToken);
        return new Page<ClientRow>([.. page.Select(ToRow)], await clients.CountAsync(cancellationToken));
    }

    public async Task<ClientRow?> FindAsync(ClaimsPrincipal caller, string clientId, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        return await Listed(db, db.Clients().Where(client => client.ClientId == clientId)).SingleOrDefaultAsync(cancellationToken) is { } found ? ToRow(found) : null;
    }

    public async Task<int> CountDroppedAsync(ClaimsPrincipal caller, DateTimeOffset since, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        return await db.RegistrationMinutes().Where(minute => minute.Minute >= since).SumAsync(minute => minute.Dropped, cancellationToken);
    }

    public async Task<bool> EnableAsync(ClaimsPrincipal caller, string clientId, CancellationToken cancellationToken = default)
    {
        var actor = await gate.RequireAsync(caller, Roles.Operator, cancellationToken);

        return await lane.EnableAsync(DisabledParty.Client(clientId), unit => EnableAsync(unit, clientId, actor), cancellationToken);
    }

    private static async Task<bool> EnableAsync(WriteUnit unit, string clientId, string actor)
    {
        var enabled = await unit.Db.Clients().Where(client => client.ClientId == clientId && client.DisabledAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, (DateTimeOffset?)null));
        if (enabled == 0)
        {
            return false;
        }

        unit.Record(new ClientEnabled(clientId, actor));
        return true;
    }

    private static IQueryable<Client> Filter(IQueryable<Client> clients, ClientQuery query)
    {
        if (query.Origin is { } origin)
        {
            clients = clients.Where(client => client.Origin == origin);
        }

        if (query.Disabled is { } disabled)
        {
            clients = clients.Where(client => client.DisabledAt != null == disabled);
        }

        return LikePattern.Containing(query.Search) is { } pattern
            ? clients.Where(client =>
                EF.Functions.Like(client.Name, pattern, LikePattern.Escape) || EF.Functions.Like(client.ClientId, pattern, LikePattern.Escape)
                || client.RedirectUris.Any(uri => EF.Functions.Like(uri, pattern, LikePattern.Escape)))
            : clients;
    }

    // One seek per client in the index (ClientId, RevokedAt, ExpiresAt), and only for the rows of the page unless the list is sorted by them.
    private IQueryable<ListedClient> Listed(DbContext db, IQueryable<Client> clients)
    {
        var now = time.GetUtcNow();
        return clients.Select(client => new ListedClient
        {
            Client = client,
            LiveFamilies = db.Families().Count(family => family.ClientId == client.ClientId && family.RevokedAt == null && family.ExpiresAt > now),
            LastMadeAt = db.Families().Where(family => family.ClientId == client.ClientId).Max(family => (DateTimeOffset?)family.RotatedAt),
            LastSeenAt = db.Families().Where(family => family.ClientId == client.ClientId)
                .Join(db.FamilyActivity(), family => family.FamilyId, activity => activity.FamilyId, (_, activity) => (DateTimeOffset?)activity.LastSeenAt)
                .Max(),
        });
    }

    private static IQueryable<ListedClient> Sort(IQueryable<ListedClient> clients, ClientQuery query)
    {
        var sorted = query.SortBy is not { } column ? clients.OrderByDescending(listed => listed.Client.CreatedAt) : column switch
        {
            ClientSort.Name => clients.By(listed => TextOrder.IgnoringCase(listed.Client.Name), query.Descending),
            ClientSort.CreatedAt => clients.By(listed => listed.Client.CreatedAt, query.Descending),
            ClientSort.LastUsedAt => clients.By(listed => listed.LastSeenAt > listed.LastMadeAt ? listed.LastSeenAt : listed.LastMadeAt, query.Descending),
            ClientSort.LiveFamilies => clients.By(listed => listed.LiveFamilies, query.Descending),
        };
        return sorted.ThenBy(listed => listed.Client.ClientId);
    }

    private ClientRow ToRow(ListedClient listed) => new(
        listed.Client.ClientId, names.Of(listed.Client), listed.Client.Origin, listed.Client.AuthMethod, listed.Client.RedirectUris,
        listed.Client.CreatedAt, listed.Client.CreatedFrom, listed.LastSeenAt > listed.LastMadeAt ? listed.LastSeenAt : listed.LastMadeAt,
        listed.LiveFamilies, listed.Client.DisabledAt);

    private sealed class ListedClient
    {
        public required Client Client { get; init; }

        public required int LiveFamilies { get; init; }

        public required DateTimeOffset? LastMadeAt { get; init; }

        public required DateTimeOffset? LastSeenAt { get; init; }
    }
}
