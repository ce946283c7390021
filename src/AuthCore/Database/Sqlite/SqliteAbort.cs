using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AuthCore.Database.Sqlite;

/// <summary>Ends what another thread does on a connection. Nothing but SQLite's own thread-safe calls touches it while they may still be at it.</summary>
internal static class SqliteAbort
{
    private static readonly TimeSpan BeforeInterrupting = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterInterrupting = TimeSpan.FromSeconds(2);

    /// <summary>Ends the statement that runs now, with SQLITE_INTERRUPT. Does nothing to a closed connection.</summary>
    public static void Interrupt(this SqliteConnection connection)
    {
        try
        {
            if (connection.Handle is { } handle)
            {
                raw.sqlite3_interrupt(handle);
            }
        }
        catch (ObjectDisposedException)
        {
            // It was closed between the two lines: nothing runs on it any more.
        }
    }

    /// <summary>
    /// Rolls back what is open on an unpooled connection, forbids every further write on it, and closes it for good: a caller that opens it again meets an
    /// empty database in memory.
    /// </summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "A rollback that may hang has a thread of its own.")]
    [SuppressMessage("Design", "MA0167", Justification = "What hangs does so in real time, whatever clock a test has set.")]
    public static async Task ThrowAwayAsync(this SqliteConnection connection)
    {
        if (connection.Handle is not { } handle)
        {
            return;
        }

        var undone = Task.Run(() =>
        {
            raw.sqlite3_exec(handle, "PRAGMA query_only=ON");
            raw.sqlite3_exec(handle, "ROLLBACK");
            handle.LetOneRollbackPass();
        });
        if (await Task.WhenAny(undone, Task.Delay(BeforeInterrupting)) != undone)
        {
            // A statement that takes long holds the connection.
            connection.Interrupt();
            await Task.WhenAny(undone, Task.Delay(AfterInterrupting));
        }

        try
        {
            connection.Close();
            connection.ConnectionString = "Data Source=:memory:";
        }
        catch (Exception)
        {
            // A thread is still inside, and what that breaks is its own. What matters is done: rolled back, and read-only.
        }
    }
}
