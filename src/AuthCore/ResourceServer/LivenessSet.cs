using System.Collections.Concurrent;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.ResourceServer;

/// <summary>
/// What a token must not be of, although it may still be unexpired: revoked families, and disabled clients and users. Extended by the lane before a revocation is
/// acknowledged, asked on every request.
/// </summary>
internal sealed class LivenessSet(IReadDatabase database, TimeProvider time) : IFactProjection
{
    /// <summary>
    /// How long a family's last access token can still be within its time, with room for clock skew and for the grace window. Not what is configured
    /// now: the token may be older than the configuration.
    /// </summary>
    private static readonly TimeSpan Memory = TokenOptions.LongestAccessToken + TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Remembered> _families = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _users = new(StringComparer.Ordinal);
    private volatile bool _loaded;

    public void Apply(RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case FamiliesRevoked revoked:
                foreach (var family in revoked.Families)
                {
                    RevokeFamily(family.FamilyId, family.LastIssuedAt);
                }

                break;
            case ClientDisabled disabled:
                _clients[disabled.ClientId] = 0;
                break;
            case ClientEnabled enabled:
                _clients.TryRemove(enabled.ClientId, out _);
                break;
            case UserDisabled disabled:
                _users[disabled.UserId] = 0;
                break;
            case UserEnabled enabled:
                _users.TryRemove(enabled.UserId, out _);
                break;
            case SetupCompleted administrator:
                _users.TryRemove(administrator.UserId, out _);
                break;
        }
    }

    /// <summary>False for anything revoked or disabled, and for everything as long as the set is not loaded.</summary>
    public bool IsAlive(string familyId, string clientId, string? userId) =>
        _loaded && !_families.ContainsKey(familyId) && !_clients.ContainsKey(clientId) && (userId is null || !_users.ContainsKey(userId));

    /// <param name="familyId">Which.</param>
    /// <param name="lastRotatedAt">What the clock said when the family last got tokens: it may have run ahead then, or may run behind now.</param>
    private void RevokeFamily(string familyId, DateTimeOffset lastRotatedAt)
    {
        _families[familyId] = new Remembered(Later(time.GetUtcNow(), lastRotatedAt) + Memory, time.GetTimestamp());
    }

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        // The clock may run ahead now, so the newest revocation says too how late it is.
        var newest = await db.Families().MaxAsync(family => family.RevokedAt, cancellationToken);
        var since = (newest < time.GetUtcNow() ? newest.Value : time.GetUtcNow()) - Memory;
        var revoked = db.Families()
            .Where(family => family.RevokedAt != null && family.ExpiresAt > since && (family.RevokedAt >= since || family.RotatedAt >= since))
            .Select(family => new { family.FamilyId, RevokedAt = family.RevokedAt!.Value, family.RotatedAt });
        await foreach (var family in revoked.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            RevokeFamily(family.FamilyId, Later(family.RevokedAt, family.RotatedAt));
        }

        await foreach (var client in db.Clients().Where(client => client.DisabledAt != null).Select(client => client.ClientId).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _clients[client] = 0;
        }

        await foreach (var user in db.Users().Where(user => user.DisabledAt != null).Select(user => user.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _users[user] = 0;
        }

        _loaded = true;
    }

    /// <summary>Forgets families whose last token has expired, by the clock and by the time that has really passed: a clock that runs ahead for a while forgets nothing.</summary>
    public void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var entry in _families.Where(entry => entry.Value.Until < now && time.GetElapsedTime(entry.Value.Since) >= Memory))
        {
            _families.TryRemove(entry);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <param name="Until">By the clock.</param>
    /// <param name="Since">A timestamp of <see cref="TimeProvider.GetTimestamp"/>, which no correction of the clock moves.</param>
    private readonly record struct Remembered(DateTimeOffset Until, long Since);
}
