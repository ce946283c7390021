using System.Diagnostics.CodeAnalysis;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;

namespace AuthCore.Database.Sqlite;

/// <summary>The telemetry file itself: made, looked at, attached to readers, and begun anew when it is damaged, which loses nothing that anything depends on.</summary>
internal sealed class TelemetryFile(string path)
{
    private const long SchemaVersion = 1;

    private readonly Lock _swap = new();

    /// <summary>Absolute.</summary>
    public string Path => path;

    /// <summary>Looks whether the file is damaged, and begins it anew if so; <see cref="TelemetryStore"/> knows how.</summary>
    public Func<Task> CheckAsync { get; set; } = () => Task.CompletedTask;

    /// <summary>Opens the connection that writes; makes file and tables where they are missing.</summary>
    /// <exception cref="SqliteException">It cannot be read (<see cref="SqliteTrouble.IsDamage"/>), or is locked.</exception>
    public SqliteConnection Open() => Open(path);

    /// <exception cref="SqliteException">Its pages do not fit together.</exception>
    public void ThrowIfDamaged()
    {
        using var fresh = new SqliteConnection(ConnectionString(path));
        fresh.Open();
        ThrowIfDamaged(fresh);
        ThrowIfIncomplete(fresh);
    }

    /// <summary>Makes the file visible as <c>telemetry</c> to a connection that does not see it yet.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The provider's own SQL.")]
    public void AttachTo(SqliteConnection reader)
    {
        if (reader.Scalar("SELECT count(*) FROM pragma_database_list WHERE name = 'telemetry'") is 0L)
        {
            lock (_swap)
            {
                using var attach = reader.CreateCommand();
                attach.CommandText = "ATTACH DATABASE $path AS telemetry";
                attach.Parameters.AddWithValue("$path", path);
                attach.ExecuteNonQuery();
            }
        }
    }

    /// <summary>Puts a new one in its place. Readers that are at it go on with the old one, which is gone when they close it.</summary>
    /// <exception cref="IOException">The old one cannot be removed now.</exception>
    public void BeginAnew()
    {
        var made = path + ".new";
        Delete(made);
        Open(made).Dispose();
        lock (_swap)
        {
            File.Delete(path + "-wal");
            File.Delete(path + "-shm");
            File.Move(made, path, overwrite: true);
        }
    }

    private static SqliteConnection Open(string file)
    {
        PrivateFile.MakeUnlessThere(file);
        var connection = new SqliteConnection(ConnectionString(file));
        try
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;");
            ThrowIfDamaged(connection);
            if (connection.Scalar("PRAGMA user_version") is not SchemaVersion)
            {
                MakeTables(connection);
            }

            ThrowIfIncomplete(connection);
            // Later than the tables, and no reason to begin a file anew.
            connection.Execute("CREATE INDEX IF NOT EXISTS IX_FamilyActivity_Address ON FamilyActivity (Address);");

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void ThrowIfDamaged(SqliteConnection connection)
    {
        if (connection.Scalar("PRAGMA quick_check(1)") is not "ok" and var finding)
        {
            throw new SqliteException($"quick_check: {finding}", SQLitePCL.raw.SQLITE_CORRUPT);
        }
    }

    /// <summary>Its pages may fit together and tables be missing all the same: for readers that is no less damaged.</summary>
    private static void ThrowIfIncomplete(SqliteConnection connection)
    {
        if (connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name IN ('FamilyActivity', 'RateLimitHits')") is not 2L)
        {
            throw new SqliteException("A table is missing.", SQLitePCL.raw.SQLITE_CORRUPT);
        }
    }

    private static void MakeTables(SqliteConnection connection) => connection.Execute(
        $"""
         DROP TABLE IF EXISTS FamilyActivity;
         DROP TABLE IF EXISTS RateLimitHits;
         CREATE TABLE FamilyActivity (FamilyId TEXT PRIMARY KEY, LastSeenAt INTEGER NOT NULL, Address TEXT, UserAgent TEXT);
         CREATE INDEX IX_FamilyActivity_LastSeenAt ON FamilyActivity (LastSeenAt);
         CREATE TABLE RateLimitHits (
             Minute INTEGER NOT NULL, Policy TEXT NOT NULL, Partition TEXT NOT NULL, Hits INTEGER NOT NULL,
             FirstAt INTEGER NOT NULL, LastAt INTEGER NOT NULL, LastUserAgent TEXT, PRIMARY KEY (Minute, Policy, Partition));
         PRAGMA user_version = {SchemaVersion};
         """);

    // A lock is waited for a second: no answer depends on it, and the next turn tries again.
    private static string ConnectionString(string file) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ConnectionString;

    private static void Delete(string file)
    {
        foreach (var part in new[] { file, file + "-wal", file + "-shm" })
        {
            File.Delete(part);
        }
    }
}
