using System.Data.Common;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Database.Sqlite;

/// <summary>What the units of one batch write on, one after the other, each inside its own savepoint.</summary>
internal sealed class SqliteWriteUnit(SqliteDatabase database, PreparedStatements statements, SqliteTransaction transaction, IFactStore store, TimeProvider time)
    : WriteUnit, IDisposable
{
    private const string Savepoint = "unit";
    private const string Part = "part";

    private static readonly HotStatement Save = new("SAVEPOINT \"unit\"");
    private static readonly HotStatement Release = new("RELEASE \"unit\"");

    private readonly List<RecordedFact> _facts = [];
    private int _factsBefore;
    private FactOrigin _origin = FactOrigin.Host;
    private DateTimeOffset _now;
    private SqliteAuthDbContext? _db;
    private volatile bool _abandoned;

    public override DbConnection Connection => Valid(statements.Connection);

    public override DbTransaction Transaction => Valid(transaction);

    public override DateTimeOffset Now => _now;

    internal override DbContext Db => _db ??= Valid(this).OpenContext();

    internal override async Task InsertAsync<T>(T row)
    {
        var insert = InsertOf<T>();
        try
        {
            await Prepared(insert.Always, insert.ValuesOf(row)).ExecuteNonQueryAsync();
        }
        catch (SqliteException exception)
        {
            throw new DbUpdateException($"A row of {typeof(T).Name} was refused.", exception);
        }
    }

    internal override async Task<bool> TryInsertAsync<T>(T row)
    {
        var insert = InsertOf<T>();
        return await Prepared(insert.UnlessThere, insert.ValuesOf(row)).ExecuteNonQueryAsync() == 1;
    }

    internal override DbCommand Prepared(HotStatement statement, params ReadOnlySpan<object?> values) => Valid(statements).Bind(statement, transaction, values);

    public override FactOrigin Origin => _origin;

    public override void Record(Fact fact, FactOrigin origin) => Valid(_facts).Add(new RecordedFact(fact, _now, origin));

    /// <summary>The batch was taken from a unit that did not end: what that one asks for from now on, it is refused.</summary>
    public void Abandon() => _abandoned = true;

    public void Begin(FactOrigin origin)
    {
        _origin = origin;
        // Stored times have milliseconds; a comparison with a stored one must not depend on the rest.
        _now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        _factsBefore = _facts.Count;
        statements.Bind(Save, transaction).ExecuteNonQuery();
    }

    /// <summary>The unit stays, with the facts that are to be kept.</summary>
    public async Task KeepAsync()
    {
        if (_facts.FindIndex(_factsBefore, recorded => recorded.Fact.IsKept) >= 0)
        {
            await store.StoreAsync(this, [.. _facts.Skip(_factsBefore).Where(recorded => recorded.Fact.IsKept)]);
        }

        await statements.Bind(Release, transaction).ExecuteNonQueryAsync();
        Forget();
    }

    /// <exception cref="StorageBusyException">The whole transaction is gone, e.g. because the disk is full.</exception>
    public void Undo(Exception because) => RollBack(Savepoint, _factsBefore, because);

    public override async Task<T> NestAsync<T>(Func<Task<T>> part, Predicate<T> isKept)
    {
        var factsBefore = _facts.Count;
        await transaction.SaveAsync(Part);
        T result;
        try
        {
            result = await part();
        }
        catch (Exception failure)
        {
            RollBack(Part, factsBefore, failure);
            throw;
        }

        if (isKept(result))
        {
            await transaction.ReleaseAsync(Part);
        }
        else
        {
            RollBack(Part, factsBefore, because: null);
        }

        return result;
    }

    /// <summary>What the units of the batch did, in their order.</summary>
    public IReadOnlyList<RecordedFact> Facts => _facts;

    public void Dispose() => Forget();

    private T Valid<T>(T value) => _abandoned ? throw new StorageBusyException("This unit of work held the write lane for too long and was rolled back.") : value;

    private void RollBack(string savepoint, int factsBefore, Exception? because)
    {
        _facts.RemoveRange(factsBefore, _facts.Count - factsBefore);
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

    private RowInsert InsertOf<T>() => database.Inserts.GetOrAdd(typeof(T), static (row, unit) => RowInsert.Of(unit.Db, row), this);

    private void Forget()
    {
        _db?.Dispose();
        _db = null;
    }

    private SqliteAuthDbContext OpenContext()
    {
        var builder = new DbContextOptionsBuilder<SqliteAuthDbContext>();
        database.UseForWriting(builder, statements.Connection, SqliteDatabase.MigrationsHistory);
        var context = new SqliteAuthDbContext(builder.Options);
        context.Database.AutoSavepointsEnabled = false;
        context.Database.UseTransaction(transaction);
        return context;
    }
}
