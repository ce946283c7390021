using AuthCore.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// The schema on SQLite. The container makes it with the lane, for Identity: a save holds the lane still, so that there is one writer at a time in this
/// process and it is never surprised by a lock. Not an interceptor, which is not told of every way in which a save can fail.
/// </summary>
internal sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options, SqliteWriteLane? lane = null) : AuthDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDbFunction(typeof(TextOrder).GetMethod(nameof(TextOrder.IgnoringCase))!)
            .HasTranslation(arguments => new CollateExpression(arguments[0], "NOCASE"));
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => SaveChangesAsync(acceptAllChangesOnSuccess).GetAwaiter().GetResult();

    /// <exception cref="StorageBusyException">With the lane: the save had to wait for too long, or the database did not take it. Nothing was written.</exception>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (lane is null)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        using var turn = await lane.TakeTurnAsync((SqliteConnection)Database.GetDbConnection(), cancellationToken);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (Exception exception) when (SqliteTrouble.IsUnavailability(exception))
        {
            throw new StorageBusyException("The database did not take the save.", exception);
        }
    }
}
