using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Clients;

/// <summary>
/// Finds a client by its identifier, for whatever only reads. What has to see the row as a unit of work finds it, or has to change it, reads in that unit.
/// </summary>
internal sealed class ClientStore(IReadDatabase database)
{
    /// <summary>The client, whether it may be used or not; null when there is none such.</summary>
    public async Task<Client?> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Clients().SingleOrDefaultAsync(client => client.ClientId == clientId, cancellationToken);
    }

    /// <summary>The client; null when there is none such, or it was disabled.</summary>
    public async Task<Client?> FindUsableAsync(string clientId, CancellationToken cancellationToken) =>
        await FindAsync(clientId, cancellationToken) is { DisabledAt: null } client ? client : null;
}
