using AuthCore.ResourceServer;
using AuthCore.Telemetry;
using AuthCore.Token;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Storage;

/// <summary>Deletes rows of one table that nobody can ask for any more, oldest first.</summary>
internal sealed class StaleRows<T>(string table, Func<AuthDbContext, DateTimeOffset, IQueryable<T>> which, IWriteLane lane, ILogger<Cleaner> logger) : ICleanup
    where T : class
{
    public string What => table;

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            deleted = await lane.WriteAsync(unit => which(unit.Db, unit.Now).Take(StaleRows.AtOnce).ExecuteDeleteAsync(), cancellationToken);
            if (deleted > 0)
            {
                Log.CleanedUp(logger, deleted, table);
            }
        }
        while (deleted == StaleRows.AtOnce);
    }
}

/// <summary>What AuthCore's own tables keep for how long.</summary>
internal static class StaleRows
{
    /// <summary>Rows that go in one unit.</summary>
    public const int AtOnce = 500;

    /// <summary>
    /// How long a spent code is known for what it was, so that its replay still ends the family; and an answered ticket, so that a clock that ran ahead
    /// for a while does not let it be answered again.
    /// </summary>
    private static readonly TimeSpan CodeMemory = TimeSpan.FromDays(1);

    public static ICleanup Codes(IServiceProvider services) => Of(services, "Codes", (db, now) =>
    {
        var before = now - CodeMemory;
        return db.Codes.Where(code => code.ExpiresAt < before).OrderBy(code => code.ExpiresAt);
    });

    public static ICleanup Tickets(IServiceProvider services) => Of(services, "AnsweredTickets", (db, now) =>
    {
        var before = now - CodeMemory;
        return db.AnsweredTickets.Where(ticket => ticket.ExpiresAt < before).OrderBy(ticket => ticket.ExpiresAt);
    });

    public static ICleanup Families(IServiceProvider services)
    {
        var retention = services.GetRequiredService<IOptions<TokenOptions>>().Value.LineageRetention;
        return Of(services, "TokenFamilies", (db, now) =>
        {
            var before = now - retention;
            return db.Families.Where(family => family.ExpiresAt < before || family.RevokedAt < before).OrderBy(family => family.FamilyId);
        });
    }

    private static StaleRows<T> Of<T>(IServiceProvider services, string table, Func<AuthDbContext, DateTimeOffset, IQueryable<T>> which)
        where T : class => ActivatorUtilities.CreateInstance<StaleRows<T>>(services, table, which);
}

/// <summary>Forgets the liveness of what cannot be shown any more.</summary>
internal sealed class StaleLiveness(LivenessSet liveness) : ICleanup
{
    public string What => "liveness";

    public Task CleanAsync(CancellationToken cancellationToken)
    {
        liveness.Prune();
        return Task.CompletedTask;
    }
}

/// <summary>Deletes old rows of the telemetry file.</summary>
internal sealed class StaleTelemetry(IActivityLog activity, IOptions<TokenOptions> options, TimeProvider time) : ICleanup
{
    public string What => "telemetry";

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.LineageRetention;
        while (await activity.PruneAsync(before, StaleRows.AtOnce) >= StaleRows.AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
