using AuthCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Removes what nobody can ask for any more, a bounded batch at a time so that other writers get their turn.</summary>
internal sealed class PendingActionCleaner(PendingActions pending, TimeProvider time, ILogger<PendingActionCleaner> logger) : BackgroundService
{
    private const int Batch = 500;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);
    private static readonly TimeSpan KeepUnknown = TimeSpan.FromDays(30);

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

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await pending.RemoveOldAsync(Batch, Keep, KeepUnknown, cancellationToken);
            Log.OldActionsRemoved(logger, removed);
        }
        while (removed == Batch);
    }
}
