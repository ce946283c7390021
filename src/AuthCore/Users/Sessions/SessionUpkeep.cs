using AuthCore.Storage;
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
    IWriteLane lane, LiveSessions live, SessionEnding ending, ChangeFeed changes, IOptions<BrowserSessionOptions> options, TimeProvider time, ILogger<SessionUpkeep> logger)
    : BackgroundService
{
    private const int BatchSize = 500;
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
        foreach (var some in live.UnwrittenSightings().Chunk(BatchSize))
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

                    unit.OnCommitted(() =>
                    {
                        Array.ForEach(some, sighting => live.MarkWritten(sighting.SessionId, sighting.Seen));
                        changes.Publish(ChangeTopics.Sessions);
                    });
                    return some.Length;
                },
                cancellationToken);
        }
    }

    /// <summary>Deletes what ended longer ago than <see cref="BrowserSessionOptions.Retention"/>; for tests too.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        int deleted;
        do
        {
            deleted = await lane.WriteAsync(
                unit => unit.Db.BrowserSessions().Where(session => session.EndedAt < before).OrderBy(session => session.EndedAt).Take(BatchSize).ExecuteDeleteAsync(),
                cancellationToken);
        }
        while (deleted == BatchSize);
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
            foreach (var some in sameReason.Chunk(BatchSize))
            {
                await lane.WriteAsync(unit => ending.EndAsync(unit, session => some.Contains(session.SessionId), sameReason.Key, SessionEnding.System), cancellationToken);
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
