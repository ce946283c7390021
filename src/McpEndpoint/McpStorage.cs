using System.Data.Common;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Samples;
using McpEndpoint.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace McpEndpoint;

/// <summary>Brings this endpoint's tables up before the host listens.</summary>
internal sealed class McpStorage(McpDatabase database, PendingActions pending, IEnumerable<SlotSeeds> seeds, ILogger<McpStorage> logger) : IStorageParticipant
{
    public async Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var context = database.OpenOn(connection);
        var waiting = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToArray();
        if (waiting.Length > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
            Log.Migrated(logger, waiting.Length, string.Join(", ", waiting));
        }
    }

    public async Task StartAsync(IWriteLane lane, CancellationToken cancellationToken)
    {
        var interrupted = await pending.MarkInterruptedAsync(cancellationToken);
        if (interrupted > 0)
        {
            Log.InterruptedActionsFound(logger, interrupted);
        }

        foreach (var seed in seeds)
        {
            await seed.PlantAsync(cancellationToken);
        }
    }
}
