using System.Text.RegularExpressions;
using AuthCore.Clients;
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

    /// <summary>So that a client can come from elsewhere than the table. A unit of work reads the row that it depends on itself.</summary>
    [Fact]
    public void Nobody_else_reads_one_client_outside_a_unit_of_work() => Repository.Sources
        .Where(source => source.StartsWith("src/", StringComparison.Ordinal) && OneClient().IsMatch(Repository.Read(source)))
        .ShouldBe(["src/AuthCore/Clients/ClientStore.cs"]);

    [GeneratedRegex(@"\bdb\.Clients\(\)\.(Single|First|Find)")]
    private static partial Regex OneClient();
}
