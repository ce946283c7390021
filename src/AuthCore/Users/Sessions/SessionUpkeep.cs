using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Sessions;

/// <summary>
/// Ends sessions whose time is over, writes when the others were last seen, once a minute, and deletes those that ended long ago.
/// Whatever fails in one turn is done in the next.
/// </summary>
internal sealed class SessionUpkeep(
    IWriteLane lane, LiveSessions live, IOptions<BrowserSessionOptions> options, TimeProvider time, ILogger<SessionUpkeep> logger)
    : BackgroundService
{
    private const int TurnsBetweenWrites = 6;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private int _turn;
    private bool _failing;

    /// <summary>Runs one turn, for tests.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        await EndThoseOverAsync(cancellationToken);
        if (++_turn % TurnsBetweenWrites == 0)
        {
            await WriteSightingsAsync(cancellationToken);
            await PurgeAsync(cancellationToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SurviveAsync(() => WriteSightingsAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Writes what was seen since the last time; for tests too.</summary>
    public async Task WriteSightingsAsync(CancellationToken cancellationToken)
    {
        foreach (var some in live.UnwrittenSightings().Chunk(Batches.Size))
        {
            await lane.WriteAsync(
                async unit =>
                {
                    foreach (var (sessionId, seen) in some)
                    {
                        await unit.Db.BrowserSessions().Where(session => session.SessionId == sessionId).ExecuteUpdateAsync(set => set
                            .SetProperty(session => session.LastSeenAt, seen.At)
                            .SetProperty(session => session.LastSeenFrom, seen.Address));
                    }

                    unit.Record(new SessionsSeen(some));
                    return some.Length;
                },
                cancellationToken);
        }
    }

    /// <summary>Deletes what ended longer ago than <see cref="BrowserSessionOptions.Retention"/>; for tests too.</summary>
    public Task PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        return lane.WriteAllAsync(
            unit => unit.Db.BrowserSessions().Where(session => session.EndedAt < before).OrderBy(session => session.EndedAt).Take(Batches.Size).ExecuteDeleteAsync(),
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SurviveAsync(() => TurnAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task EndThoseOverAsync(CancellationToken cancellationToken)
    {
        foreach (var sameReason in live.Over().GroupBy(over => over.Why, over => over.SessionId))
        {
            foreach (var some in sameReason.Chunk(Batches.Size))
            {
                await lane.WriteAsync(unit => unit.EndSessionsAsync(session => some.Contains(session.SessionId), sameReason.Key, FactActors.System), cancellationToken);
            }
        }
    }

    private async Task SurviveAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            _failing = false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                _failing = true;
                Log.SessionUpkeepFailed(logger, exception);
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }
}
