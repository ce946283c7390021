using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// The lane's transaction, without the rollback hook that ADO.NET sets. The hook calls back into managed code from inside SQLite, on whatever thread a
/// rollback happens; the lane may take a connection back from a unit on another thread, and a hook that goes away at that moment ends the process.
/// </summary>
internal static class LaneTransaction
{
    public static SqliteTransaction BeginImmediate(this SqliteConnection connection)
    {
        var transaction = connection.BeginTransaction(deferred: false);
        raw.sqlite3_rollback_hook(connection.Handle, null, null);
        return transaction;
    }

    /// <summary>Rolls back what was not committed. SQLite may have done so by itself (disk full, interrupted), of which ADO.NET has not heard.</summary>
    public static void End(this SqliteTransaction transaction)
    {
        if (transaction.Connection is { Handle: { } handle })
        {
            handle.LetOneRollbackPass();
        }

        transaction.Dispose();
    }

    /// <summary>ADO.NET ends a transaction with a ROLLBACK, which fails where none is open: an empty one, which locks nothing, lets it pass.</summary>
    public static void LetOneRollbackPass(this sqlite3 handle)
    {
        if (raw.sqlite3_get_autocommit(handle) != 0)
        {
            raw.sqlite3_exec(handle, "BEGIN");
        }
    }
}
