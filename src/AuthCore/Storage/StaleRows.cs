using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthCore.Storage;

/// <summary>Deletes rows of one table that are past their lifetime, oldest first.</summary>
internal sealed class StaleRows<T>(string table, Func<DbContext, DateTimeOffset, IQueryable<T>> which, IWriteLane lane, TimeProvider time, ILogger<StaleRows<T>> logger) : ICleanup
    where T : class
{
    public string What => table;

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        if (await lane.WriteAllAtLeisureAsync(time, unit => which(unit.Db, unit.Now).Take(Batches.Size).ExecuteDeleteAsync(), cancellationToken) is > 0 and var deleted)
        {
            Log.CleanedUp(logger, deleted, table);
        }
    }
}

/// <summary>How a feature says which of its rows are purged.</summary>
internal static class StaleRows
{
    /// <param name="services">The host's.</param>
    /// <param name="table">The table, for the log.</param>
    /// <param name="which">What may go at this time, in the order in which it goes.</param>
    public static ICleanup Of<T>(IServiceProvider services, string table, Func<DbContext, DateTimeOffset, IQueryable<T>> which)
        where T : class => ActivatorUtilities.CreateInstance<StaleRows<T>>(services, table, which);
}
