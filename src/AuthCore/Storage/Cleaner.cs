using AuthCore.ResourceServer;
using AuthCore.Telemetry;
using AuthCore.Token;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Storage;

/// <summary>Deletes what nobody can ask for any more, in bounded batches, each a unit of its own, so that no request waits long for it.</summary>
internal sealed class Cleaner(
    IWriteLane lane, LivenessSet liveness, IActivityLog activity, IOptions<TokenOptions> options, TimeProvider time, ILogger<Cleaner> logger) : BackgroundService
{
    private const int BatchSize = 500;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a spent code is known for what it was, so that its replay still ends the family; and an answered ticket, so that a clock that ran ahead
    /// for a while does not let it be answered again.
    /// </summary>
    private static readonly TimeSpan CodeMemory = TimeSpan.FromDays(1);

    /// <summary>Runs one turn, for tests.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var codesBefore = now - CodeMemory;
        var lineageBefore = now - options.Value.LineageRetention;
        liveness.Prune();
        await DeleteAsync("Codes", db => db.Codes.Where(code => code.ExpiresAt < codesBefore).OrderBy(code => code.ExpiresAt), cancellationToken);
        await DeleteAsync("AnsweredTickets", db => db.AnsweredTickets.Where(ticket => ticket.ExpiresAt < codesBefore).OrderBy(ticket => ticket.ExpiresAt), cancellationToken);
        await DeleteAsync(
            "TokenFamilies",
            db => db.Families.Where(family => family.ExpiresAt < lineageBefore || family.RevokedAt < lineageBefore).OrderBy(family => family.FamilyId),
            cancellationToken);
        while (await activity.PruneAsync(lineageBefore, BatchSize) >= BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (StorageBusyException busy)
            {
                Log.CleaningFailed(logger, busy);
            }
        }
    }

    private async Task DeleteAsync<T>(string table, Func<AuthDbContext, IQueryable<T>> which, CancellationToken cancellationToken)
        where T : class
    {
        int deleted;
        do
        {
            deleted = await lane.WriteAsync(unit => which(unit.Db).Take(BatchSize).ExecuteDeleteAsync(), cancellationToken);
            if (deleted > 0)
            {
                Log.CleanedUp(logger, deleted, table);
            }
        }
        while (deleted == BatchSize);
    }
}
