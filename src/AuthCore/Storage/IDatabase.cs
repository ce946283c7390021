using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Storage;

/// <summary>How another part of the host points a context of its own at this database, whichever provider that is.</summary>
public interface IDatabase
{
    /// <summary>For contexts that only read: other connections than the lane's, on which every write fails.</summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="migrationsHistoryTable">The table that records the context's own migrations.</param>
    void UseForReading(DbContextOptionsBuilder builder, string migrationsHistoryTable);

    /// <summary>For contexts that write on the lane. After construction, call <c>Database.UseTransaction</c> with <see cref="WriteUnit.Transaction"/> where there is a unit.</summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="connection">The connection of a <see cref="WriteUnit"/>, or the one that <see cref="IStorageParticipant.MigrateAsync"/> was given.</param>
    /// <param name="migrationsHistoryTable">The table that records the context's own migrations.</param>
    void UseForWriting(DbContextOptionsBuilder builder, DbConnection connection, string migrationsHistoryTable);
}

/// <summary>A part of the host that keeps tables of its own in this database.</summary>
public interface IStorageParticipant
{
    /// <summary>Applies its migrations, alone on the database, before anything else runs.</summary>
    Task MigrateAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Runs once all tables exist and the lane takes writes, before the host listens.</summary>
    Task StartAsync(IWriteLane lane, CancellationToken cancellationToken);
}

/// <summary>How a feature of the authorization server reads: its tables are methods beside its entities, and nothing can be written.</summary>
internal interface IReadDatabase
{
    /// <summary>A context that does not track, on a connection that cannot write. Dispose it soon.</summary>
    DbContext Open();

    /// <summary>The first row that a hot statement finds, as it is committed now; null when it finds none.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="read">Reads the row at once.</param>
    /// <param name="values">As they are stored: text, integers, bytes, or null.</param>
    ValueTask<T?> FirstAsync<T>(HotStatement statement, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class;

    /// <summary>Whether an exception says that the database cannot be used now (locked, full, interrupted), rather than that a statement is wrong.</summary>
    bool IsUnavailability(Exception exception);

    /// <summary>Which database it is, for people: a path, or a server and a name. Holds no secret.</summary>
    string Name { get; }
}
