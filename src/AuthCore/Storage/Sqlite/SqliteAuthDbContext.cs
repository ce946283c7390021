using Microsoft.EntityFrameworkCore;

namespace AuthCore.Storage.Sqlite;

/// <summary>
/// The schema on SQLite. The container makes it with the lane, for Identity: a save holds the lane still, so that there is one writer at a time in this
/// process and it is never surprised by a lock. Not an interceptor, which is not told of every way in which a save can fail.
/// </summary>
internal sealed class SqliteAuthDbContext(DbContextOptions<SqliteAuthDbContext> options, SqliteWriteLane? lane = null) : AuthDbContext(options)
{
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        lane?.Writer.Wait();
        try
        {
            return base.SaveChanges(acceptAllChangesOnSuccess);
        }
        finally
        {
            lane?.Writer.Release();
        }
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await (lane?.Writer.WaitAsync(cancellationToken) ?? Task.CompletedTask);
        try
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        finally
        {
            lane?.Writer.Release();
        }
    }
}
