using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Registration;

public sealed class ClientDirectoryTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task A_row_tells_its_live_grants_and_its_last_use()
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        await server.AddClientAsync("used", name: "Used");
        var family = await server.AddFamilyAsync("used", viewer.UserId());
        server.Time.Advance(TimeSpan.FromMinutes(5));
        server.Get<IActivityLog>().Seen(family.FamilyId, "192.0.2.9", "agent");
        await server.Get<IActivityLog>().FlushAsync();

        var row = (await server.Get<IClientDirectory>().FindAsync(viewer, "used")).ShouldNotBeNull();
        row.LiveFamilies.ShouldBe(1);
        row.LastUsedAt.ShouldBe(server.Time.GetUtcNow());
        row.RedirectUris.ShouldBe(["http://127.0.0.1/callback"]);

        server.Time.Advance(TimeSpan.FromDays(15));
        (await server.Get<IClientDirectory>().FindAsync(viewer, "used"))!.LiveFamilies.ShouldBe(0);
        (await server.Get<IClientDirectory>().FindAsync(viewer, "unknown")).ShouldBeNull();
    }

    [Theory]
    [InlineData(null, false, "c b a")]
    [InlineData(ClientSort.Name, false, "a b c")]
    [InlineData(ClientSort.Name, true, "c b a")]
    [InlineData(ClientSort.CreatedAt, false, "a b c")]
    [InlineData(ClientSort.LiveFamilies, true, "b a c")]
    [InlineData(ClientSort.LastUsedAt, true, "b a c")]
    public async Task The_list_is_sorted_in_the_database(ClientSort? sort, bool descending, string expected)
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        foreach (var (id, name) in new[] { ("a", "alpha"), ("b", "Beta"), ("c", "gamma") })
        {
            await server.AddClientAsync(id, name: name);
            server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await server.AddFamilyAsync("a", viewer.UserId());
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.AddFamilyAsync("b", viewer.UserId());
        await server.AddFamilyAsync("b", viewer.UserId());
        var page = await server.Get<IClientDirectory>().ListAsync(viewer, new ClientQuery { SortBy = sort, Descending = descending });
        string.Join(' ', page.Rows.Select(row => row.ClientId)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_list_pages_filters_and_searches_names_identifiers_and_redirects()
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var operatorOf = await server.AddPersonAsync("operator@app.example", Roles.Operator);
        await server.AddClientAsync("one", name: "First");
        await server.AddClientAsync("two", name: "Second", origin: ClientOrigin.Preregistered);
        await server.AddClientAsync("three", name: "50%");
        var clients = server.Get<IClientDirectory>();
        await server.Get<global::AuthCore.Revocation.IRevocationService>().RevokeAsync(operatorOf, new global::AuthCore.Revocation.RevocationTarget.Client("three"));

        (await TotalAsync(new ClientQuery { Search = "fIrSt" })).ShouldBe(1);
        (await TotalAsync(new ClientQuery { Search = "127.0.0.1/call" })).ShouldBe(3);
        (await TotalAsync(new ClientQuery { Search = "%" })).ShouldBe(1);
        (await TotalAsync(new ClientQuery { Search = "' OR 1=1 --" })).ShouldBe(0);
        (await TotalAsync(new ClientQuery { Origin = ClientOrigin.Preregistered })).ShouldBe(1);
        (await TotalAsync(new ClientQuery { Disabled = true })).ShouldBe(1);
        (await TotalAsync(new ClientQuery { Disabled = false })).ShouldBe(2);
        var second = await clients.ListAsync(viewer, new ClientQuery { SortBy = ClientSort.Name, Skip = 1, Take = 1 });
        second.Rows.ShouldHaveSingleItem().ClientId.ShouldBe("one");
        second.Total.ShouldBe(3);

        async Task<int> TotalAsync(ClientQuery query)
        {
            var page = await clients.ListAsync(viewer, query);
            page.Rows.Count.ShouldBe(page.Total);
            return page.Total;
        }
    }

    [Fact]
    public async Task What_was_left_alive_when_a_client_was_disabled_is_revoked_before_it_is_enabled()
    {
        var server = await shared.EmptiedAsync();
        var operatorOf = await server.AddPersonAsync("operator@app.example", Roles.Operator);
        await server.AddClientAsync("left");
        var family = await server.AddFamilyAsync("left", operatorOf.UserId());
        // As a crash leaves it, between the commit that disables and the commits that revoke.
        await server.WriteAsync(unit => unit.Db.Clients().Where(client => client.ClientId == "left").ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));

        (await server.Get<IClientDirectory>().EnableAsync(operatorOf, "left")).ShouldBeTrue();

        await using var db = server.Read();
        var left = await db.Families().SingleAsync(row => row.FamilyId == family.FamilyId);
        left.RevokedAt.ShouldNotBeNull();
        left.RevocationReason.ShouldBe(RevocationReason.ClientDisabled);
    }

    [Fact]
    public async Task Without_a_role_nothing_is_listed_and_a_viewer_enables_nothing()
    {
        var server = await shared.EmptiedAsync();
        var clients = server.Get<IClientDirectory>();
        var person = await server.AddPersonAsync("p@app.example");
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        await Should.ThrowAsync<AccessDeniedException>(() => clients.ListAsync(person, new ClientQuery()));
        await Should.ThrowAsync<AccessDeniedException>(() => clients.FindAsync(person, "x"));
        await Should.ThrowAsync<AccessDeniedException>(() => clients.EnableAsync(viewer, "x"));
    }
}
