using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace AuthCore.Database.Sqlite;

/// <summary>What SQLite's error codes mean for the caller who waits for an answer.</summary>
internal static class SqliteTrouble
{
    /// <summary>Another connection holds the database.</summary>
    public static bool IsLocked(this SqliteException exception) => exception.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED;

    /// <summary>The file's content is no database any more.</summary>
    public static bool IsDamage(this SqliteException exception) => exception.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB;

    /// <summary>There is no space left.</summary>
    public static bool IsFullDisk(this SqliteException exception) => exception.SqliteErrorCode == SQLITE_FULL;

    /// <summary>A table is not there. SQLite has no code of its own for it.</summary>
    public static bool LacksTable(this SqliteException exception) =>
        exception.SqliteErrorCode == SQLITE_ERROR && exception.Message.Contains("no such table", StringComparison.Ordinal);

    /// <summary>The statement may be right, but the database could not carry it out now: locked, interrupted, out of space, or the disk failed.</summary>
    public static bool IsUnavailability(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is SqliteException { SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_INTERRUPT or SQLITE_IOERR or SQLITE_FULL })
            {
                return true;
            }
        }

        return false;
    }
}
