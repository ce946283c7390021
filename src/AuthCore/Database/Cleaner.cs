using AuthCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Database;

/// <summary>
/// The one loop behind everything that is cleaned up. It outlives whatever a cleanup throws, since a background service that fails takes the host with it:
/// a locked or damaged file is tried again at the next turn.
/// </summary>
internal sealed class Cleaner(IEnumerable<ICleanup> cleanups, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<Cleaner> logger) : BackgroundService
{
    private readonly Dictionary<ICleanup, string> _failing = [];

    /// <summary>Gives every cleanup its turn.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var cleanup in cleanups)
        {
            try
            {
                await cleanup.CleanAsync(cancellationToken);
                if (_failing.Remove(cleanup))
                {
                    Log.CleanupRecovered(logger, cleanup.What);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Note(cleanup, exception);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CleaningPeriod, time);
        do
        {
            await CleanAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Once for each different failure: what fails for a week does so two thousand times.</summary>
    private void Note(ICleanup cleanup, Exception exception)
    {
        var failure = $"{exception.GetType()}: {exception.Message}";
        if (_failing.GetValueOrDefault(cleanup) != failure)
        {
            _failing[cleanup] = failure;
            Log.CleanupFailed(logger, exception, cleanup.What);
        }
    }
}
