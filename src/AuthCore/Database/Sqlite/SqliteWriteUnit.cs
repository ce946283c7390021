using System.Data.Common;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Database.Sqlite;

/// <summary>What the units of one batch write on, one after the other, each inside its own savepoint.</summary>
internal sealed class SqliteWriteUnit(SqliteDatabase database, SqliteConnection connection, SqliteTransaction transaction, TimeProvider time)
    : WriteUnit, IDisposable
{
    private const string Savepoint = "unit";
    private const string Part = "part";

    private readonly List<Action> _committed = [];
    private int _committedBefore;
    private DateTimeOffset _now;
    private SqliteAuthDbContext? _db;
    private volatile bool _abandoned;

    public override DbConnection Connection => Valid(connection);

    public override DbTransaction Transaction => Valid(transaction);

    public override DateTimeOffset Now => _now;

    internal override DbContext Db => _db ??= Valid(this).OpenContext();

    public override void OnCommitted(Action afterCommit) => Valid(_committed).Add(afterCommit);

    /// <summary>The batch was taken from a unit that did not end: what that one asks for from now on, it is refused.</summary>
    public void Abandon() => _abandoned = true;

    public void Begin()
    {
        // Stored times have milliseconds; a comparison with a stored one must not depend on the rest.
        _now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        _committedBefore = _committed.Count;
        transaction.Save(Savepoint);
    }

    public void Keep()
    {
        transaction.Release(Savepoint);
        Forget();
    }

    /// <exception cref="StorageBusyException">The whole transaction is gone, e.g. because the disk is full.</exception>
    public void Undo(Exception because) => RollBack(Savepoint, _committedBefore, because);

    public override async Task<T> NestAsync<T>(Func<Task<T>> part, Predicate<T> isKept)
    {
        var committedBefore = _committed.Count;
        await transaction.SaveAsync(Part);
        T result;
        try
        {
            result = await part();
        }
        catch (Exception failure)
        {
            RollBack(Part, committedBefore, failure);
            throw;
        }

        if (isKept(result))
        {
            await transaction.ReleaseAsync(Part);
        }
        else
        {
            RollBack(Part, committedBefore, because: null);
        }

        return result;
    }

    /// <summary>What the units of the batch want done once it is durable, in their order.</summary>
    public IReadOnlyList<Action> Committed => _committed;

    public void Dispose() => Forget();

    private T Valid<T>(T value) => _abandoned ? throw new StorageBusyException("This unit of work held the write lane for too long and was rolled back.") : value;

    private void RollBack(string savepoint, int committedBefore, Exception? because)
    {
        _committed.RemoveRange(committedBefore, _committed.Count - committedBefore);
        Forget();
        try
        {
            transaction.Rollback(savepoint);
            transaction.Release(savepoint);
        }
        catch (SqliteException lost)
        {
            throw new StorageBusyException("The transaction was lost.", because ?? lost);
        }
    }

    private void Forget()
    {
        _db?.Dispose();
        _db = null;
    }

    private SqliteAuthDbContext OpenContext()
    {
        var builder = new DbContextOptionsBuilder<SqliteAuthDbContext>();
        database.UseForWriting(builder, connection, SqliteDatabase.MigrationsHistory);
        var context = new SqliteAuthDbContext(builder.Options);
        context.Database.AutoSavepointsEnabled = false;
        context.Database.UseTransaction(transaction);
        return context;
    }
}
