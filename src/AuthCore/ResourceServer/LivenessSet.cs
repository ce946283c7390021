using System.Collections.Concurrent;
using AuthCore.Storage.Sqlite;
using AuthCore.Token;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.ResourceServer;

/// <summary>
/// What has ended although a token of it may still be unexpired: families, and disabled clients and users. Extended by the lane before a revocation is
/// acknowledged, asked on every request.
/// </summary>
internal sealed class LivenessSet(SqliteDatabase database, TimeProvider time)
{
    /// <summary>
    /// How long after its revocation a family's last access token can still be within its time, with room for clock skew. Not what is configured now:
    /// the token may be older than the configuration.
    /// </summary>
    private static readonly TimeSpan Memory = TokenOptions.LongestAccessToken + TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _users = new(StringComparer.Ordinal);
    private volatile bool _loaded;

    /// <summary>False for anything that has ended, and for everything as long as the set is not loaded.</summary>
    public bool IsAlive(string familyId, string clientId, string userId) =>
        _loaded && !_families.ContainsKey(familyId) && !_clients.ContainsKey(clientId) && !_users.ContainsKey(userId);

    public void RevokeFamily(string familyId) => _families[familyId] = time.GetUtcNow() + Memory;

    public void DisableClient(string clientId) => _clients[clientId] = 0;

    public void EnableClient(string clientId) => _clients.TryRemove(clientId, out _);

    public void DisableUser(string userId) => _users[userId] = 0;

    public void EnableUser(string userId) => _users.TryRemove(userId, out _);

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForReading();
        var since = time.GetUtcNow() - Memory;
        await foreach (var family in db.Families.Where(family => family.RevokedAt >= since).Select(family => family.FamilyId).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            RevokeFamily(family);
        }

        await foreach (var client in db.Clients.Where(client => client.DisabledAt != null).Select(client => client.ClientId).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            DisableClient(client);
        }

        await foreach (var user in db.Users.Where(user => user.DisabledAt != null).Select(user => user.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            DisableUser(user);
        }

        _loaded = true;
    }

    /// <summary>Forgets families whose last token has expired.</summary>
    public void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var entry in _families.Where(entry => entry.Value < now))
        {
            _families.TryRemove(entry);
        }
    }
}
