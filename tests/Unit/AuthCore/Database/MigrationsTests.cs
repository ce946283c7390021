using AuthCore.Clients;
using AuthCore.Database.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database;

public sealed class MigrationsTests
{
    [Fact]
    public async Task The_migrations_make_the_whole_model()
    {
        await using var server = await AuthServer.StartOnNothingAsync();
        await using var db = server.Get<SqliteDatabase>().Open();

        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Clients_from_before_sizes_were_counted_get_one()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var db = new SqliteAuthDbContext(new DbContextOptionsBuilder<SqliteAuthDbContext>().UseSqlite(connection).Options);
        await db.GetService<IMigrator>().MigrateAsync("20261121022108_Initial");
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO Clients (ClientId, Name, Origin, AuthMethod, RedirectUris, GrantTypes, ApplicationType, CreatedAt)
            VALUES ('self', 'Zürich', 'Dynamic', 'none', '["a"]', '[]', 'web', 1), ('configured', 'Zürich', 'Preregistered', 'none', '["a"]', '[]', 'web', 1)
            """);
        await db.Database.MigrateAsync();

        (await db.Clients().SingleAsync(client => client.ClientId == "self")).Size.ShouldBe(256 + 7 + 5);
        (await db.Clients().SingleAsync(client => client.ClientId == "configured")).Size.ShouldBe(0);
    }
}
