using System.Diagnostics.CodeAnalysis;
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
        // What is inside a function is never looked up in an index.
        builder.HasDbFunction(typeof(Sieve).GetMethod(nameof(Sieve.Passes))!)
            .HasTranslation(arguments => new SqlFunctionExpression("ifnull", [arguments[0], new SqlConstantExpression(false, arguments[0].TypeMapping)], false, [false, false], typeof(bool), arguments[0].TypeMapping));
    }

    [SuppressMessage("ApiDesign", "RS0030", Justification = "EF Core asks for a synchronous twin; nothing of ours calls it.")]
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
