using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AuthCore.Registration;

/// <summary>Removes registrations that no person ever allowed anything, a few at a time, so that a flood of them is gone the next day.</summary>
internal sealed class UnusedRegistrations(IWriteLane lane, IOptions<RegistrationOptions> options) : ICleanup
{
    public string What => "unused registrations";

    public Task CleanAsync(CancellationToken cancellationToken) => PurgeAsync(cancellationToken);

    /// <summary>Removes what is due.</summary>
    /// <returns>How many went.</returns>
    public Task<int> PurgeAsync(CancellationToken cancellationToken) => lane.WriteAllAsync(PurgeSomeAsync, cancellationToken);

    // A client that an operator disabled keeps its identifier, and one with a family or a waiting code has been used.
    private async Task<int> PurgeSomeAsync(WriteUnit unit)
    {
        var before = unit.Now - options.Value.UnusedLifetime;
        var purged = await unit.Db.Clients()
            .Where(client => client.CreatedAt < before && client.Origin == ClientOrigin.Dynamic && client.LastGrantedAt == null && client.DisabledAt == null
                && !unit.Db.Families().Any(family => family.ClientId == client.ClientId)
                && !unit.Db.Codes().Any(code => code.ClientId == client.ClientId))
            .OrderBy(client => client.CreatedAt).Take(Batches.Size)
            .ExecuteDeleteAsync();
        if (purged > 0)
        {
            unit.Record(new RegistrationsPurged(purged));
        }

        return purged;
    }
}
