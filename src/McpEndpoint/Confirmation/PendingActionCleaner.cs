using AuthCore.Storage;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Removes what cannot be asked for any more, a bounded batch at a time so that other writers get their turn.</summary>
internal sealed class PendingActionCleaner(PendingActions pending, ILogger<PendingActionCleaner> logger) : ICleanup
{
    private const int Batch = 500;

    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);
    private static readonly TimeSpan KeepUnknown = TimeSpan.FromDays(30);

    public string What => "pending actions";

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await pending.PurgeAsync(Batch, Keep, KeepUnknown, cancellationToken);
            Log.OldActionsRemoved(logger, removed);
        }
        while (removed == Batch);
    }
}
