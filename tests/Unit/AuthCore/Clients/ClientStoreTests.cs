using System.Text.RegularExpressions;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Storage.Facts;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Clients;

public sealed partial class ClientStoreTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task A_disabled_client_is_found_and_is_not_usable()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("app");
        var store = server.Get<ClientStore>();
        (await store.FindUsableAsync("app", CancellationToken.None)).ShouldNotBeNull().ClientId.ShouldBe("app");
        await server.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));
        (await store.FindAsync("app", CancellationToken.None)).ShouldNotBeNull().DisabledAt.ShouldNotBeNull();
        (await store.FindUsableAsync("app", CancellationToken.None)).ShouldBeNull();
        (await store.FindAsync("App", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_client_in_use_is_kept_until_a_fact_changes_it()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("app", origin: ClientOrigin.Preregistered, name: "First");
        var store = server.Get<ClientStore>();
        (await store.FindAsync("app", CancellationToken.None)).ShouldNotBeNull().Name.ShouldBe("First");
        await RenameAsync(server, null);
        (await store.FindAsync("app", CancellationToken.None)).ShouldNotBeNull().Name.ShouldBe("First", "nothing said that it changed");

        foreach (var fact in new Fact[] { new ClientConfigured("app", "Changed"), new ClientDisabled("app", "ana", [], 0), new ClientEnabled("app", "ana") })
        {
            await RenameAsync(server, fact);
            (await store.FindAsync("app", CancellationToken.None)).ShouldNotBeNull().Name.ShouldBe($"After {fact.Name}");
        }
    }

    [Fact]
    public async Task A_registration_that_may_be_purged_at_any_moment_is_read_each_time()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("unused");
        var store = server.Get<ClientStore>();
        (await store.FindAsync("unused", CancellationToken.None)).ShouldNotBeNull();
        await server.WriteAsync(unit => unit.Db.Clients().ExecuteDeleteAsync());
        (await store.FindAsync("unused", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_reads_while_a_client_is_disabled_does_not_keep_what_it_was_before()
    {
        for (var turn = 0; turn < 40; turn++)
        {
            var server = await shared.EmptiedAsync();
            await server.AddClientAsync("app", origin: ClientOrigin.Preregistered);
            var store = server.Get<ClientStore>();
            using var over = new CancellationTokenSource();
            var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    await store.FindAsync("app", CancellationToken.None);
                }
            })).ToArray();
            await server.WriteAsync(unit => unit.DisableClientAsync("app", "ana"));
            (await store.FindUsableAsync("app", CancellationToken.None)).ShouldBeNull();
            await over.CancelAsync();
            await Task.WhenAll(readers);
            (await store.FindUsableAsync("app", CancellationToken.None)).ShouldBeNull();
        }
    }

    private static Task<bool> RenameAsync(AuthServer server, Fact? fact) => server.WriteAsync(async unit =>
    {
        await unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.Name, $"After {(fact == null ? "" : fact.Name)}"));
        if (fact is not null)
        {
            unit.Record(fact);
        }

        return true;
    });

    /// <summary>So that a client can come from elsewhere than the table. A unit of work reads the row that it depends on itself.</summary>
    [Fact]
    public void Nobody_else_reads_one_client_outside_a_unit_of_work() => Repository.Sources
        .Where(source => source.StartsWith("src/", StringComparison.Ordinal) && OneClient().IsMatch(Repository.Read(source)))
        .ShouldBe(["src/AuthCore/Clients/ClientStore.cs"]);

    [GeneratedRegex(@"\bdb\.Clients\(\)\.(Single|First|Find)")]
    private static partial Regex OneClient();
}
