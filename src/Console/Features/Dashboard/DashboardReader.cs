using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.RateLimits;
using AuthCore.Storage;

namespace AdminConsole.Features.Dashboard;

/// <summary>What the dashboard shows.</summary>
/// <param name="Clients">Clients that may ask for authorization.</param>
/// <param name="MoreClients">There are more of those than were counted.</param>
/// <param name="Sessions">Live families.</param>
/// <param name="MoreSessions">There are more of those than were counted.</param>
/// <param name="RevokedForReuse">Families that were revoked in the last day because a token or code was used twice.</param>
/// <param name="Refusals">Refusals by rate limits in the last hour.</param>
/// <param name="Dropped">Unused registrations that were dropped in the last day because there were too many.</param>
/// <param name="EverConnected">Whether any client was ever registered.</param>
/// <param name="Tampered">Chains of the audit trail that are not intact, as far as the last check knows.</param>
/// <param name="Unchecked">Why the last check of the audit trail came to no end; null when it did, or is under way.</param>
/// <param name="Latest">The newest lines of the audit trail.</param>
internal sealed record DashboardNumbers(
    int Clients, bool MoreClients, int Sessions, bool MoreSessions, int RevokedForReuse, int Refusals, int Dropped, bool EverConnected, int Tampered, AuditState.Failed? Unchecked,
    IReadOnlyList<AuditRow> Latest);

/// <summary>Gathers the dashboard's numbers from the directories.</summary>
internal sealed class DashboardReader(
    IClientDirectory clients, ITokenFamilyDirectory families, IRateLimitDirectory rateLimits, IAuditTrail trail, TimeProvider clock)
{
    public async Task<DashboardNumbers> ReadAsync(ClaimsPrincipal caller)
    {
        var now = clock.GetUtcNow();
        var enabled = await clients.ListAsync(caller, new ClientQuery { Take = 1, Disabled = false });
        var known = enabled.Total > 0 ? enabled : await clients.ListAsync(caller, new ClientQuery { Take = 1 });
        var live = await families.ListAsync(caller, new FamilyQuery { Take = 1, State = FamilyState.Live });
        var reused = await families.CountRevokedForReuseAsync(caller, now.AddDays(-1));
        var refusals = await rateLimits.SeriesAsync(caller, now.AddHours(-1), TimeSpan.FromMinutes(1));
        var dropped = await clients.CountDroppedAsync(caller, now.AddDays(-1));
        var latest = await trail.ListAsync(caller, new ListQuery<AuditSort> { Take = 8 });
        var state = await trail.StateAsync(caller);
        return new DashboardNumbers(
            enabled.Total,
            enabled.More,
            live.Total,
            live.More,
            reused,
            refusals.Sum(point => point.Hits),
            dropped,
            known.Total > 0,
            state.Report?.Chains.Count(chain => chain.Finding is AuditFinding.Broken or AuditFinding.CutOff) ?? 0,
            state as AuditState.Failed,
            latest.Rows);
    }
}
