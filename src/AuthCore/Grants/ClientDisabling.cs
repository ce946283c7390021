using AuthCore.Clients;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Grants;

/// <summary>The one way to disable a client.</summary>
internal static class ClientDisabling
{
    /// <summary>Disables a client and revokes what it may do, so many families at once: who asks for less goes on until none is left.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="clientId">Which.</param>
    /// <param name="actor">The operator, or <c>configuration</c>.</param>
    /// <param name="atMost">How many families in this unit.</param>
    /// <returns>How many families were revoked.</returns>
    public static async Task<int> DisableClientAsync(this WriteUnit unit, string clientId, string actor, int atMost = int.MaxValue)
    {
        var now = unit.Now;
        var disabled = await unit.Db.Clients().Where(client => client.ClientId == clientId && client.DisabledAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, now));
        var revoked = await unit.RevokeOfClientAsync(clientId, RevocationReason.ClientDisabled, actor, atMost);
        if (disabled == 1 || revoked.IsAny)
        {
            unit.Record(new ClientDisabled(clientId, actor, revoked.FamilyIds, revoked.Codes));
        }

        return revoked.FamilyIds.Count;
    }
}
