using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Clients;

/// <summary>
/// Finds a client by its identifier, for whatever only reads. What has to see the row as a unit of work finds it, or has to change it, reads in that unit.
/// Clients in use are kept in memory; a fact that changes one removes it before anybody is told of the change.
/// </summary>
internal sealed class ClientStore(IReadDatabase database) : IFactProjection
{
    /// <summary>Of one generation: about 20 MB in both.</summary>
    private const int MaxKept = 10_000;

    private readonly Lock _gate = new();
    private readonly TwoGenerations<string, Client> _kept = new(MaxKept);
    private long _changes;

    /// <summary>The client, whether it may be used or not; null when there is none such. Shared: never change it.</summary>
    public async ValueTask<Client?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        long changes;
        lock (_gate)
        {
            if (_kept.TryGet(clientId, out var kept))
            {
                return kept;
            }

            changes = _changes;
        }

        await using var db = database.Open();
        var client = await db.Clients().SingleOrDefaultAsync(client => client.ClientId == clientId, cancellationToken);
        if (client is not null && MayBeKept(client))
        {
            Keep(client, changes);
        }

        return client;
    }

    /// <summary>The client; null when there is none such, or it was disabled.</summary>
    public async ValueTask<Client?> FindUsableAsync(string clientId, CancellationToken cancellationToken) =>
        await FindAsync(clientId, cancellationToken) is { DisabledAt: null } client ? client : null;

    public void Apply(RecordedFact recorded)
    {
        if (recorded.Fact is ClientDisabled or ClientEnabled or ClientConfigured)
        {
            lock (_gate)
            {
                _changes++;
                _kept.Remove(recorded.Fact.Subject);
            }
        }
    }

    /// <summary>An unused registration may be purged at any moment, and nobody says which.</summary>
    private static bool MayBeKept(Client client) => client.Origin != ClientOrigin.Dynamic || client.LastGrantedAt is not null;

    /// <param name="client">As it was read.</param>
    /// <param name="changes">What had changed before: if anything changed since, it may be older than that.</param>
    private void Keep(Client client, long changes)
    {
        lock (_gate)
        {
            if (changes == _changes)
            {
                _kept.Add(client.ClientId, client);
            }
        }
    }
}
