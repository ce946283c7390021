using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Registration;

/// <summary>
/// Keeps registrations that no person has ever allowed anything within a number and a size. The newcomer is let in and the oldest goes, so that a flood costs
/// other clients of the flood, and no honest one is refused.
/// </summary>
internal sealed class UnusedRegistrationCap(IOptions<RegistrationOptions> options, PendingAuthorizations pending) : IFactProjection
{
    /// <summary>The most that go in one unit: with many more, after the settings were lowered, each later registration takes its share.</summary>
    private const int AtOnce = 256;

    /// <summary>No more than these are unused: as long as they leave room, nothing has to be counted. Null when that is not known. Touched by the lane only.</summary>
    private (long Count, long Bytes)? _atMost;

    /// <summary>A client that is enabled may be unused again, the one way for them to grow without a registration.</summary>
    public void Apply(RecordedFact recorded)
    {
        if (recorded.Fact is ClientEnabled)
        {
            _atMost = null;
        }
    }

    /// <summary>In the unit that adds a client: drops what is too much, the oldest first, and nothing that waits for a person as long as there is anything else.</summary>
    public async Task<(int Count, long Bytes)> MakeRoomAsync(WriteUnit unit, Client newcomer)
    {
        _atMost = _atMost is { } before ? (before.Count + 1, before.Bytes + newcomer.Size) : null;
        if (_atMost is { } now && now.Count <= options.Value.MaxUnused && now.Bytes <= options.Value.MaxUnusedBytes)
        {
            return (0, 0);
        }

        var unused = unit.Db.Clients().Where(client => client.Origin == ClientOrigin.Dynamic && client.LastGrantedAt == null && client.DisabledAt == null);
        var total = await unused.GroupBy(_ => 1).Select(all => new { Count = all.Count(), Bytes = all.Sum(client => (long)client.Size) }).SingleOrDefaultAsync();
        var tooMany = (total?.Count ?? 0) - options.Value.MaxUnused;
        var tooBig = (total?.Bytes ?? 0) - options.Value.MaxUnusedBytes;
        var (count, bytes) = (0, 0L);
        foreach (var spared in Spared())
        {
            if (count >= tooMany && bytes >= tooBig)
            {
                break;
            }

            var oldest = await unused
                .Where(client => client.ClientId != newcomer.ClientId && !spared.Contains(client.ClientId))
                .OrderBy(client => client.CreatedAt).Select(client => new { client.ClientId, client.Size }).Take(AtOnce - count).ToListAsync();
            var going = new List<string>();
            foreach (var client in oldest.TakeWhile(_ => count < tooMany || bytes < tooBig))
            {
                going.Add(client.ClientId);
                (count, bytes) = (count + 1, bytes + client.Size);
            }

            await unit.Db.Clients().Where(client => going.Contains(client.ClientId)).ExecuteDeleteAsync();
        }

        // What was dropped is there again if this unit fails.
        _atMost = count == 0 ? (total?.Count ?? 0, total?.Bytes ?? 0) : null;
        if (count > 0)
        {
            unit.Record(new RegistrationsDropped(count));
        }

        return (count, bytes);
    }

    /// <summary>Whom to spare: first all that wait for a person, then those whose question a signed-in person has read, then none.</summary>
    private IEnumerable<string[]> Spared()
    {
        var (sent, asked) = pending.Now();
        yield return [.. sent, .. asked];
        yield return asked;
        yield return [];
    }
}
