using AuthCore.Database.Sqlite;
using AuthCore.Hosting;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

/// <summary>A database that this version cannot use: the host does not start, says why in a sentence, and leaves the file as it is.</summary>
public sealed class RefusedDatabaseTests
{
    [Fact]
    public async Task One_that_a_newer_version_has_migrated()
    {
        var server = await AuthServer.StartAsync();
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsHistory VALUES ('29991231235959_FromTheFuture', '99.0')"));
        var said = await RefusedAsync(server);
        said.ShouldContain("was written by a newer version");
        said.ShouldContain("29991231235959_FromTheFuture");
    }

    [Fact]
    public async Task One_that_is_damaged()
    {
        var server = await AuthServer.StartAsync();
        var path = Path.Combine(server.DataDirectory, "damaged.db");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("no database ", 1000)));
        (await RefusedAsync(server, ("ConnectionStrings:AuthCore", "Data Source=damaged.db"))).ShouldBe($"Database: {path} is damaged, or no database. Restore the backup.");
    }

    [Fact]
    public async Task One_that_a_migration_fails_on()
    {
        var server = await AuthServer.StartAsync();
        await server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_Facts'"));
        var path = server.Get<SqliteDatabase>().FilePath;
        (await RefusedAsync(server)).ShouldStartWith($"Database: {path} cannot be opened or brought up to date: ");
        File.Exists(path + "-wal").ShouldBeFalse("nothing holds it any more");
    }

    private static async Task<string> RefusedAsync(AuthServer server, params (string Key, string? Value)[] settings)
    {
        var said = (await Should.ThrowAsync<BrokenSetupException>(() => server.RestartAsync(settings))).Message;
        await server.DisposeAsync();
        return said;
    }
}
