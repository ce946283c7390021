using AuthCore.Database.Sqlite;
using AuthCore.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class TelemetryStoreTests
{
    /// <summary>A host that is stopped from two sides closes the file twice; one close used to take the connection away under the other's write.</summary>
    [Fact]
    public async Task A_store_that_is_closed_from_two_sides_ends_its_write_first()
    {
        await using var server = await AuthServer.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var store = new TelemetryStore(server.Get<SqliteDatabase>(), server.Time, server.Get<ChangeFeed>(), NullLogger<TelemetryStore>.Instance);
            store.Open();
            for (var family = 0; family < 3_000; family++)
            {
                store.Seen($"family-{family}", null, null);
            }

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => store.DisposeAsync().AsTask())));
        }
    }
}
