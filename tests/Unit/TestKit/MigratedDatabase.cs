using AuthCore.Database.Sqlite;
using McpEndpoint.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace UnitTests.TestKit;

/// <summary>
/// A file with every table and no row, made once and copied into the data directory of each host: a host that finds its migrations applied starts in half the
/// time. That an empty directory becomes the same is <see cref="AuthCore.Database.MigrationsTests"/>.
/// </summary>
internal static class MigratedDatabase
{
    public const string FileName = "mcp-auth.db";

    private static readonly Lazy<byte[]> Auth = new(() => Make(MigrateAuth));
    private static readonly Lazy<byte[]> Mcp = new(() => Make(MigrateMcp));
    private static readonly Lazy<byte[]> Both = new(() => Make(MigrateAuth, MigrateMcp));

    public static void PutAuth(string directory) => Put(directory, Auth.Value);

    public static void PutMcp(string directory) => Put(directory, Mcp.Value);

    public static void PutBoth(string directory) => Put(directory, Both.Value);

    private static void Put(string directory, byte[] database) => File.WriteAllBytes(Path.Combine(directory, FileName), database);

    private static byte[] Make(params Action<SqliteConnection>[] migrations)
    {
        var directory = Directory.CreateTempSubdirectory("migrated-").FullName;
        try
        {
            var file = Path.Combine(directory, FileName);
            using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
            {
                connection.Open();
                connection.Execute("PRAGMA journal_mode=WAL;");
                foreach (var migrate in migrations)
                {
                    migrate(connection);
                }
            }

            return File.ReadAllBytes(file);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void MigrateAuth(SqliteConnection connection)
    {
        using var db = new SqliteAuthDbContext(Options<SqliteAuthDbContext>(connection, SqliteDatabase.MigrationsHistory));
        db.Database.Migrate();
    }

    private static void MigrateMcp(SqliteConnection connection)
    {
        using var db = new McpDbContext(Options<McpDbContext>(connection, McpDbContext.MigrationsHistory));
        db.Database.Migrate();
    }

    private static DbContextOptions<TContext> Options<TContext>(SqliteConnection connection, string history)
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>().UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(history)).Options;
}
