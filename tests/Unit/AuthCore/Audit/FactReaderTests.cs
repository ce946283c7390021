using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Audit;

public sealed class FactReaderTests
{
    [Fact]
    public async Task A_reader_gets_each_fact_in_order_and_goes_on_where_it_was_after_a_restart()
    {
        var server = await AuthServer.StartAsync();
        foreach (var subject in new[] { "one", "two", "three" })
        {
            await server.Get<IWriteLane>().RecordAsync(new TestDone("actor", subject));
        }

        (await SubjectsAsync(server, 2)).ShouldBe(["one", "two"]);
        (await SubjectsAsync(server, 2)).ShouldBe(["one", "two"], "what was not dealt with comes again");
        await server.Get<FactReader>().AdvanceAsync("webhooks", 2, CancellationToken.None);
        await server.Get<FactReader>().AdvanceAsync("webhooks", 1, CancellationToken.None);

        await using var next = await server.RestartAsync();
        (await SubjectsAsync(next, 10)).ShouldBe(["three"]);
        (await next.Get<FactReader>().NextAsync("another", 10, CancellationToken.None)).Count.ShouldBe(3);
    }

    private static async Task<string[]> SubjectsAsync(AuthServer server, int atMost) =>
        [.. (await server.Get<FactReader>().NextAsync("webhooks", atMost, CancellationToken.None)).Select(fact => fact.Subject)];
}
