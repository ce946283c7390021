using System.Data.Common;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Storage;

/// <summary>
/// The one way to write. Units of work that wait together share a transaction (a savepoint each) and one durable commit; a call returns
/// only after that commit.
/// </summary>
public interface IWriteLane
{
    /// <summary>Queues a unit of work and waits until it is durable.</summary>
    /// <param name="work">Short, and free of anything but statements on the unit's connection: every other writer waits for it.
    /// It may run only once; what it throws rolls back its own statements and reaches this caller alone.</param>
    /// <param name="cancellationToken">Gives up a unit that is still queued; one that has begun is finished.</param>
    /// <exception cref="StorageBusyException">The queue is full, or the database cannot be written; nothing was written.</exception>
    Task<T> WriteAsync<T>(Func<WriteUnit, Task<T>> work, CancellationToken cancellationToken = default);
}

/// <summary>What a unit of work writes on. Valid only while the unit runs.</summary>
public abstract class WriteUnit
{
    private protected WriteUnit()
    {
    }

    /// <summary>The lane's connection. A context of another part joins it: <see cref="IDatabase.UseForWriting"/>, then <c>Database.UseTransaction(unit.Transaction)</c>.</summary>
    public abstract DbConnection Connection { get; }

    /// <summary>The transaction that all units of this batch share.</summary>
    public abstract DbTransaction Transaction { get; }

    /// <summary>The time of this unit, one reading for all its rows.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>The authorization server's own tables on that connection.</summary>
    internal abstract DbContext Db { get; }

    /// <summary>Inserts a row by one statement. It is not tracked, and a key that the database makes is not told.</summary>
    /// <param name="row">A row of a table of <see cref="Db"/>.</param>
    /// <exception cref="DbUpdateException">The database refused it, as it would refuse Entity Framework: the key is taken, for example.</exception>
    internal abstract Task InsertAsync<T>(T row)
        where T : class;

    /// <summary>Inserts a row unless there is one with its key, by one statement: of those who try at the same time, one is told that it inserted it.</summary>
    /// <param name="row">A row of a table of <see cref="Db"/>. It is not tracked.</param>
    /// <returns>Whether the row was inserted.</returns>
    internal abstract Task<bool> TryInsertAsync<T>(T row)
        where T : class;

    /// <summary>A statement that this connection has prepared, with values for its parameters. Use it at once: the next call for the same statement gives other values.</summary>
    /// <param name="statement">Which.</param>
    /// <param name="values">As they are stored: text, integers, bytes, or null.</param>
    internal abstract DbCommand Prepared(HotStatement statement, params ReadOnlySpan<object?> values);

    /// <summary>Where the unit was asked for.</summary>
    public abstract FactOrigin Origin { get; }

    /// <summary>Says what the unit does. It is so if and only if the commit is; whatever follows from it follows before anybody is told of the commit.</summary>
    /// <exception cref="NotSupportedException">The fact cannot be written as JSON.</exception>
    public void Record(Fact fact) => Record(fact, Origin);

    /// <inheritdoc cref="Record(Fact)"/>
    /// <param name="fact">What happens.</param>
    /// <param name="origin">Where it was asked for, when that was not here: a request that ended before the unit began.</param>
    public abstract void Record(Fact fact, FactOrigin origin);

    /// <summary>
    /// Runs a part of the unit that can be undone by itself. What is not kept leaves nothing behind: its statements are rolled back, and what it
    /// recorded is dropped. The unit goes on either way. Parts do not nest.
    /// </summary>
    /// <param name="part">Statements on the unit's connection. What it throws undoes it and reaches the caller.</param>
    /// <param name="isKept">Whether what came out is to stay.</param>
    /// <exception cref="StorageBusyException">The whole transaction is gone, e.g. because the disk is full.</exception>
    public abstract Task<T> NestAsync<T>(Func<Task<T>> part, Predicate<T> isKept);
}

/// <summary>The database could not take a write now: the caller answers 503 with <c>Retry-After</c>.</summary>
public sealed class StorageBusyException : Exception
{
    internal StorageBusyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Seconds after which a retry makes sense.</summary>
    public static int RetryAfterSeconds => 2;
}
