using System.Linq.Expressions;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Registration;

/// <summary>Removes registrations that no person ever allowed anything, a few at a time, so that a flood of them is gone the next day.</summary>
internal sealed class UnusedRegistrations(IReadDatabase database, IWriteLane lane, IOptions<RegistrationOptions> options, TimeProvider time) : ICleanup
{
    private static readonly Expression<Func<Client, bool>> Unused =
        client => client.Origin == ClientOrigin.Dynamic && client.LastGrantedAt == null && client.DisabledAt == null;

    public string What => "unused registrations";

    public Task CleanAsync(CancellationToken cancellationToken) => PurgeAsync(cancellationToken);

    /// <summary>Removes what is due.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        var purged = 0;
        string[] due;
        do
        {
            due = await DueAsync(cancellationToken);
            if (due.Length > 0)
            {
                purged += await lane.WriteAsync(unit => PurgeAsync(unit, due), cancellationToken);
            }
        }
        while (due.Length == Batches.Size);

        return purged;
    }

    // A client that an operator disabled keeps its identifier, and one with a family or a waiting code has been used. No index finds a code by its client: that look is
    // not the lane's business.
    private async Task<string[]> DueAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.UnusedLifetime;
        await using var db = database.Open();
        return await db.Clients()
            .Where(Unused)
            .Where(client => client.CreatedAt < before
                && !db.Families().Any(family => family.ClientId == client.ClientId)
                && !db.Codes().Select(code => code.ClientId).Contains(client.ClientId))
            .OrderBy(client => client.CreatedAt).Take(Batches.Size)
            .Select(client => client.ClientId).ToArrayAsync(cancellationToken);
    }

    // Whoever was allowed something since then has a LastGrantedAt, of the same commit as the code.
    private static async Task<int> PurgeAsync(WriteUnit unit, string[] due)
    {
        var purged = await unit.Db.Clients()
            .Where(Unused)
            .Where(client => due.Contains(client.ClientId))
            .ExecuteDeleteAsync();
        if (purged > 0)
        {
            unit.Record(new RegistrationsPurged(purged));
        }

        return purged;
    }
}
