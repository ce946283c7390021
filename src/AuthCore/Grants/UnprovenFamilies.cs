using System.Collections.Concurrent;
using System.Data.Common;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// Live families of which no token has come back yet, so that a call need not ask the database whether it is the first. Loaded at start; extended by the lane
/// before a code's redemption is acknowledged; a family leaves when it is proven, revoked or expired.
/// </summary>
internal sealed class UnprovenFamilies(IReadDatabase database, IOptions<TokenOptions> options, TimeProvider time) : IStorageParticipant, IFactProjection, ICleanup
{
    private readonly ConcurrentDictionary<string, Waiting> _families = new(StringComparer.Ordinal);

    public string What => "unproven families";

    public void Apply(RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case FamilyBegan { Unproven: true } began:
                _families[began.FamilyId] = new Waiting(began.ExpiresAt);
                break;
            case FamilyProven proven:
                _families.TryRemove(proven.FamilyId, out _);
                break;
            case FamiliesRevoked revoked:
                foreach (var family in revoked.Families)
                {
                    _families.TryRemove(family.FamilyId, out _);
                }

                break;
        }
    }

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

    public Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(IWriteLane lane, CancellationToken cancellationToken)
    {
        if (!options.Value.SupersedeOlderGrants)
        {
            return;
        }

        var now = time.GetUtcNow();
        await using var db = database.Open();
        var live = db.Families().Where(family => family.RevokedAt == null && family.ExpiresAt > now && family.Unproven)
            .Select(family => new { family.FamilyId, family.ExpiresAt });
        await foreach (var family in live.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            _families[family.FamilyId] = new Waiting(family.ExpiresAt);
        }
    }

    public Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var entry in _families.Where(entry => entry.Value.ExpiresAt < now))
        {
            _families.TryRemove(entry);
        }

        return Task.CompletedTask;
    }

    private sealed class Waiting(DateTimeOffset expiresAt)
    {
        private int _begun;

        public DateTimeOffset ExpiresAt => expiresAt;

        public bool TryBegin() => Interlocked.Exchange(ref _begun, 1) == 0;

        public void End() => Volatile.Write(ref _begun, 0);
    }
}
