using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AuthCore.Storage;

/// <summary>Deletes rows of one table that are past their lifetime, oldest first.</summary>
internal sealed class StaleRows<T>(string table, Func<DbContext, DateTimeOffset, IQueryable<T>> which, IWriteLane lane, ILogger<StaleRows<T>> logger) : ICleanup
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

/// <summary>How a feature says which of its rows are purged.</summary>
internal static class StaleRows
{
    /// <summary>Rows that go in one unit.</summary>
    public const int AtOnce = 500;

    /// <param name="services">The host's.</param>
    /// <param name="table">The table, for the log.</param>
    /// <param name="which">What may go at this time, in the order in which it goes.</param>
    public static ICleanup Of<T>(IServiceProvider services, string table, Func<DbContext, DateTimeOffset, IQueryable<T>> which)
        where T : class => ActivatorUtilities.CreateInstance<StaleRows<T>>(services, table, which);
}
