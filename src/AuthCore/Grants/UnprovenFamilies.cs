using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// Live families of which no token has come back yet, so that a call need not ask the database whether it is the first. Loaded at start; extended by the lane
/// before a code's redemption is acknowledged; a family leaves when it is proven, revoked or expired.
/// </summary>
internal sealed class UnprovenFamilies(IOptions<TokenOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Waiting> _families = new(StringComparer.Ordinal);

    public void Add(string familyId, DateTimeOffset expiresAt) => _families[familyId] = new Waiting(expiresAt);

    public void Remove(string familyId) => _families.TryRemove(familyId, out _);

    /// <summary>True for one caller at a time: that one writes the proof and calls <see cref="EndProof"/>, whatever comes of it.</summary>
    public bool TryBeginProof(string familyId) => _families.TryGetValue(familyId, out var waiting) && waiting.TryBegin();

    /// <summary>If the family is still here, the proof could not be written, and the next call may try again.</summary>
    public void EndProof(string familyId)
    {
        if (_families.TryGetValue(familyId, out var waiting))
        {
            waiting.End();
        }
    }

    public async Task LoadAsync(DbContext db, CancellationToken cancellationToken)
    {
        if (!options.Value.SupersedeOlderGrants)
        {
            return;
        }

        var now = time.GetUtcNow();
        var live = db.Families().Where(family => family.RevokedAt == null && family.ExpiresAt > now && family.Unproven)
            .Select(family => new { family.FamilyId, family.ExpiresAt });
        await foreach (var family in live.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Add(family.FamilyId, family.ExpiresAt);
        }
    }

    public void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var entry in _families.Where(entry => entry.Value.ExpiresAt < now))
        {
            _families.TryRemove(entry);
        }
    }

    private sealed class Waiting(DateTimeOffset expiresAt)
    {
        private int _begun;

        public DateTimeOffset ExpiresAt => expiresAt;

        public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

        public void End() => Volatile.Write(ref _begun, 0);
    }
}
