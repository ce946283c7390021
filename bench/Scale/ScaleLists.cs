using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.RateLimits;
using AuthCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Bench.Scale;

/// <summary>Every view of every list, as its page asks for it.</summary>
internal sealed class ScaleLists(IServiceProvider services, ClaimsPrincipal caller)
{
    private readonly ITokenFamilyDirectory _families = services.GetRequiredService<ITokenFamilyDirectory>();
    private readonly IClientDirectory _clients = services.GetRequiredService<IClientDirectory>();
    private readonly IUserDirectory _users = services.GetRequiredService<IUserDirectory>();
    private readonly IAuditTrail _trail = services.GetRequiredService<IAuditTrail>();
    private readonly IRateLimitDirectory _rateLimits = services.GetRequiredService<IRateLimitDirectory>();

    public IEnumerable<(string Name, Func<Task<Seen>> Read)> All =>
    [
        ("dashboard", DashboardAsync),
        .. Views<FamilyQuery, FamilySort, FamilyRow>("connections", new FamilyQuery { State = FamilyState.Live }, _families.ListAsync, "person00077@", "Client 4711", "192.0.2.77", "bench:read", "nothing at all"),
        .. Filtered("connections", new FamilyQuery { State = FamilyState.Live }),
        .. Views<FamilyQuery, FamilySort, FamilyRow>("families", new FamilyQuery(), _families.ListAsync, "person00077@", "Client 4711", "192.0.2.77", "bench:read", "nothing at all"),
        .. Filtered("families", new FamilyQuery()),
        .. Views<FamilyQuery, FamilySort, FamilyRow>("families expired", new FamilyQuery { State = FamilyState.Expired }, _families.ListAsync),
        .. Views<FamilyQuery, FamilySort, FamilyRow>("families revoked", new FamilyQuery { State = FamilyState.Revoked }, _families.ListAsync),
        .. Views<FamilyQuery, FamilySort, FamilyRow>("families used twice", new FamilyQuery { OnlyReused = true }, _families.ListAsync),
        .. Views<ClientQuery, ClientSort, ClientRow>("clients", new ClientQuery(), _clients.ListAsync, "Client 4711", "callback", "nothing at all"),
        .. Views<ClientQuery, ClientSort, ClientRow>("clients enabled", new ClientQuery { Disabled = false }, _clients.ListAsync),
        .. Views<ClientQuery, ClientSort, ClientRow>("clients disabled", new ClientQuery { Disabled = true }, _clients.ListAsync),
        .. Views<ClientQuery, ClientSort, ClientRow>("clients by themselves", new ClientQuery { Origin = ClientOrigin.Dynamic }, _clients.ListAsync),
        .. Views<ClientQuery, ClientSort, ClientRow>("clients preregistered", new ClientQuery { Origin = ClientOrigin.Preregistered }, _clients.ListAsync),
        .. Views<ListQuery<UserSort>, UserSort, UserRow>("users", new ListQuery<UserSort>(), _users.ListAsync, "person00077@", "nothing at all"),
        .. Views<ListQuery<AuditSort>, AuditSort, AuditRow>("audit", new ListQuery<AuditSort>(), _trail.ListAsync, "family.revoked", "nothing at all"),
    ];

    private IEnumerable<(string, Func<Task<Seen>>)> Filtered(string name, FamilyQuery query) =>
    [
        .. Views<FamilyQuery, FamilySort, FamilyRow>(name + " of a client", query with { ClientId = ScaleData.ClientId(4711) }, _families.ListAsync),
        .. Views<FamilyQuery, FamilySort, FamilyRow>(name + " of the busiest client", query with { ClientId = ScaleData.ClientId(0) }, _families.ListAsync),
        .. Views<FamilyQuery, FamilySort, FamilyRow>(name + " of a user", query with { UserId = ScaleData.UserId(77) }, _families.ListAsync),
    ];

    private IEnumerable<(string, Func<Task<Seen>>)> Views<TQuery, TSort, TRow>(
        string name, TQuery query, Func<ClaimsPrincipal, TQuery, CancellationToken, Task<Page<TRow>>> list, params IEnumerable<string> searches)
        where TQuery : ListQuery<TSort>
        where TSort : struct, Enum
    {
        yield return (name, () => ReadAsync(query));
        foreach (var column in Enum.GetValues<TSort>())
        {
            yield return ($"{name}, {column} up", () => ReadAsync((TQuery)(query with { SortBy = column })));
            yield return ($"{name}, {column} down", () => ReadAsync((TQuery)(query with { SortBy = column, Descending = true })));
        }

        foreach (var text in searches)
        {
            yield return ($"{name}, search {text}", () => ReadAsync((TQuery)(query with { Search = text })));
        }

        // The pager has the total from the page before it.
        var total = 0;
        yield return ($"{name}, last page", LastAsync);

        async Task<Seen> LastAsync()
        {
            total = total > 0 ? total : (await list(caller, (TQuery)(query with { Take = 1 }), default)).Total;
            return await ReadAsync((TQuery)(query with { Skip = Math.Max(0, total - 1) / 25 * 25 }));
        }

        async Task<Seen> ReadAsync(TQuery wanted)
        {
            var page = await list(caller, wanted, default);
            return new Seen(page.Rows.Count, $"{page.Total:#,##0}{(page.More ? "+" : "")}");
        }
    }

    /// <summary>What the dashboard's reader asks for at each change.</summary>
    private async Task<Seen> DashboardAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var enabled = await _clients.ListAsync(caller, new ClientQuery { Take = 1, Disabled = false });
        var live = await _families.ListAsync(caller, new FamilyQuery { Take = 1, State = FamilyState.Live });
        await _families.CountRevokedForReuseAsync(caller, now.AddDays(-1));
        await _rateLimits.SeriesAsync(caller, now.AddHours(-1), TimeSpan.FromMinutes(1));
        await _clients.CountDroppedAsync(caller, now.AddDays(-1));
        var latest = await _trail.ListAsync(caller, new ListQuery<AuditSort> { Take = 8 });
        return new Seen(latest.Rows.Count, $"{enabled.Total + live.Total:#,##0}");
    }
}
