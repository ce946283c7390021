using AuthCore.Clients;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>The one way to disable a client.</summary>
internal static class ClientDisabling
{
    /// <summary>Disables a client and revokes the first of its families. The others follow in the background (<see cref="RemainingRevocation"/>); nothing of the client is accepted meanwhile.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="clientId">Which.</param>
    /// <param name="actor">The operator, or <c>configuration</c>.</param>
    /// <returns>What was revoked.</returns>
    public static async Task<RevokedAccess> DisableClientAsync(this WriteUnit unit, string clientId, string actor)
    {
        var now = unit.Now;
        var disabled = await unit.Db.Clients().Where(client => client.ClientId == clientId && client.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, now));
        var revoked = await unit.RevokeOfClientAsync(clientId, RevocationReason.ClientDisabled, actor, Batches.Size);
        if (disabled == 1 || revoked.IsAny)
        {
            unit.Record(new ClientDisabled(clientId, actor, revoked.FamilyIds, revoked.Codes));
        }

        return revoked;
    }
}
