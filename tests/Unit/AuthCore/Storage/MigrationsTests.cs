using AuthCore.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Storage;

public sealed class MigrationsTests
{
    [Fact]
    public async Task The_migrations_make_the_whole_model()
    {
        await using var server = await AuthServer.StartOnNothingAsync();
        await using var db = server.Get<SqliteDatabase>().OpenForReading();

        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }
}
