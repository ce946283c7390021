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
    /// <summary>Families that are asked when their client was last used.</summary>
    private const int Asked = 100;

    public async Task<Page<ClientRow>> ListAsync(ClaimsPrincipal caller, ClientQuery query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        var filter = new ClientFilter(query);
        var count = await filter.Look(db.Clients()).CountAsync(query.Skip, cancellationToken);
        var keys = await Sort(db, count.AreFew ? filter.Look(db.Clients()) : filter.Sift(db.Clients()), query, count.AreFew, time.GetUtcNow())
            .Skip(query.Skip).Take(query.Take).Select(client => client.ClientId).ToListAsync(cancellationToken);
        var listed = await Listed(db, db.Clients().Where(client => keys.Contains(client.ClientId))).ToDictionaryAsync(row => row.Client.ClientId, StringComparer.Ordinal, cancellationToken);
        // One may have been purged since its key was read.
        return new Page<ClientRow>([.. keys.Where(listed.ContainsKey).Select(key => ToRow(listed[key]))], count.Total, count.More);
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

    /// <summary>
    /// The index (ClientId, RevokedAt, ExpiresAt) counts what is alive. When a client was last used is asked of those of its families that expire or were revoked last: a popular one
    /// has too many to ask all.
    /// </summary>
    private IQueryable<ListedClient> Listed(DbContext db, IQueryable<Client> clients)
    {
        var now = time.GetUtcNow();
        return clients.Select(client => new ListedClient
        {
            Client = client,
            LiveFamilies = db.Families().Count(family => family.ClientId == client.ClientId && family.RevokedAt == null && family.ExpiresAt > now),
            LastMadeAt = db.Families().Where(family => family.ClientId == client.ClientId && family.RevokedAt == null).OrderByDescending(family => family.ExpiresAt).Take(Asked)
                .Max(family => (DateTimeOffset?)family.RotatedAt),
            LastSeenAt = db.Families().Where(family => family.ClientId == client.ClientId && family.RevokedAt == null).OrderByDescending(family => family.ExpiresAt).Take(Asked)
                .Max(family => db.FamilyActivity().Where(activity => activity.FamilyId == family.FamilyId).Select(activity => (DateTimeOffset?)activity.LastSeenAt).FirstOrDefault()),
            RevokedMadeAt = db.Families().Where(family => family.ClientId == client.ClientId && family.RevokedAt != null).OrderByDescending(family => family.RevokedAt).Take(Asked)
                .Max(family => (DateTimeOffset?)family.RotatedAt),
            RevokedSeenAt = db.Families().Where(family => family.ClientId == client.ClientId && family.RevokedAt != null).OrderByDescending(family => family.RevokedAt).Take(Asked)
                .Max(family => db.FamilyActivity().Where(activity => activity.FamilyId == family.FamilyId).Select(activity => (DateTimeOffset?)activity.LastSeenAt).FirstOrDefault()),
        });
    }

    /// <summary>A long list is not sorted by identifier within one name or moment: it is read as its index has it.</summary>
    internal static IQueryable<Client> Sort(DbContext db, IQueryable<Client> clients, ClientQuery query, bool few, DateTimeOffset now)
    {
        var sorted = query.SortBy is not { } column ? clients.OrderByDescending(client => client.CreatedAt) : column switch
        {
            ClientSort.Name => clients.By(client => TextOrder.IgnoringCase(client.Name), query.Descending),
            ClientSort.CreatedAt => clients.By(client => client.CreatedAt, query.Descending),
            // Each family's own: no index knows it of a client.
            ClientSort.LastUsedAt => clients.By(
                client => db.Families().Where(family => family.ClientId == client.ClientId)
                    .Max(family => db.FamilyActivity().Where(activity => activity.FamilyId == family.FamilyId).Select(activity => (DateTimeOffset?)activity.LastSeenAt).FirstOrDefault() ?? family.RotatedAt),
                query.Descending),
            ClientSort.LiveFamilies => clients.By(
                client => db.Families().Count(family => family.ClientId == client.ClientId && family.RevokedAt == null && family.ExpiresAt > now), query.Descending),
        };
        return few ? sorted.ThenBy(client => client.ClientId) : sorted;
    }

    private ClientRow ToRow(ListedClient listed) => new(
        listed.Client.ClientId, names.Of(listed.Client), listed.Client.Origin, listed.Client.AuthMethod, listed.Client.RedirectUris,
        listed.Client.CreatedAt, listed.Client.CreatedFrom, new[] { listed.LastMadeAt, listed.LastSeenAt, listed.RevokedMadeAt, listed.RevokedSeenAt }.Max(),
        listed.LiveFamilies, listed.Client.DisabledAt);

    private sealed class ListedClient
    {
        public required Client Client { get; init; }

        public required int LiveFamilies { get; init; }

        public required DateTimeOffset? LastMadeAt { get; init; }

        public required DateTimeOffset? LastSeenAt { get; init; }

        public required DateTimeOffset? RevokedMadeAt { get; init; }

        public required DateTimeOffset? RevokedSeenAt { get; init; }
    }
}
