using System.Collections.Concurrent;
using System.Data.Common;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Database.Sqlite;

/// <summary>The SQLite file and the three ways to open it: the lane's one writing connection, reading connections, and Identity's.</summary>
internal sealed class SqliteDatabase : IDatabase, IReadDatabase, IDisposable
{
    private readonly ReadOnlyOnOpen _readOnly;
    private readonly PreparedReaders _readers;
    private readonly string _connectionString;
    private readonly ILoggerFactory _loggers;

    public SqliteDatabase(IOptions<DatabaseOptions> database, DataDirectory directory, ILoggerFactory loggers)
    {
        _loggers = loggers;
        DataDirectory = directory.Path;
        var builder = new SqliteConnectionStringBuilder(database.Value.ConnectionString ?? "Data Source=mcp-auth.db");
        builder.DataSource = Path.GetFullPath(builder.DataSource, DataDirectory);
        builder.DefaultTimeout = 5;
        builder.ForeignKeys = true;
        FilePath = builder.DataSource;
        IsInMemory = builder.Mode == SqliteOpenMode.Memory;
        Telemetry = new TelemetryFile(Path.ChangeExtension(FilePath, null) + "-telemetry.db");
        _connectionString = builder.ConnectionString;
        _readOnly = new ReadOnlyOnOpen(Telemetry);
        _readers = new PreparedReaders(OpenForReading);
    }

    /// <summary>Absolute.</summary>
    public string DataDirectory { get; }

    /// <summary>Absolute path of the durable file.</summary>
    public string FilePath { get; }

    public string Name => FilePath;

    public bool IsUnavailability(Exception exception) => SqliteTrouble.IsUnavailability(exception);

    /// <summary>Whether there is no such file, which only tests want.</summary>
    public bool IsInMemory { get; }

    /// <summary>The file that may lose its last seconds.</summary>
    public TelemetryFile Telemetry { get; }

    /// <summary>How rows of each table are inserted, made when the first one is.</summary>
    public ConcurrentDictionary<Type, RowInsert> Inserts { get; } = new();

    public ValueTask<T?> FirstAsync<T>(HotStatement statement, Func<DbDataReader, T> read, params ReadOnlySpan<object?> values)
        where T : class => ValueTask.FromResult(_readers.First(statement, read, values));

    public void Dispose() => _readers.Dispose();

    private SqliteConnection OpenForReading()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute("PRAGMA wal_autocheckpoint=0; PRAGMA query_only=ON;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens the connection on which the lane writes and checkpoints; no other connection does either.</summary>
    public SqliteConnection OpenForLane()
    {
        if (!IsInMemory)
        {
            PrivateFile.MakeUnlessThere(FilePath);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        connection.Open();
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=1000;");
        return connection;
    }

    /// <summary>Closes what readers left in the pool: those connections have the telemetry file of before.</summary>
    public void ForgetReaders()
    {
        using var ofThePool = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(ofThePool);
    }

    public DbContext Open()
    {
        var builder = new DbContextOptionsBuilder<SqliteAuthDbContext>();
        UseForReading(builder, MigrationsHistory);
        return new SqliteAuthDbContext(builder.Options);
    }

    /// <summary>For Identity's own rare writes, which take the lane's lock (see <see cref="SqliteAuthDbContext"/>).</summary>
    public void UseForIdentity(DbContextOptionsBuilder builder) => builder.UseSqlite(_connectionString).AddInterceptors(DurableOnOpen.Instance);

    public void UseForReading(DbContextOptionsBuilder builder, string migrationsHistoryTable) =>
        builder.UseSqlite(
                _connectionString,
                sqlite => sqlite.MigrationsHistoryTable(migrationsHistoryTable).ExecutionStrategy(dependencies => new AfterDamage(dependencies.CurrentContext.Context, Telemetry)))
            .UseLoggerFactory(_loggers)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(_readOnly);

    public void UseForWriting(DbContextOptionsBuilder builder, DbConnection connection, string migrationsHistoryTable) =>
        builder.UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(migrationsHistoryTable)).UseLoggerFactory(_loggers);

    /// <summary>Where EF Core records this context's migrations.</summary>
    public const string MigrationsHistory = "__EFMigrationsHistory";
}
