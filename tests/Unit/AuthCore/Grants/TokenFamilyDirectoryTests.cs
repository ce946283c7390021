using AuthCore.Grants;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Grants;

public sealed class TokenFamilyDirectoryTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task A_row_names_user_client_and_the_last_sighting()
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        await server.AddClientAsync(name: "Inspector");
        var family = await server.AddFamilyAsync("client-1", viewer.UserId());
        server.Get<IActivityLog>().Seen(family.FamilyId, "192.0.2.9", "agent/1.0");
        await server.Get<IActivityLog>().FlushAsync();
        var row = (await server.Get<ITokenFamilyDirectory>().ListAsync(viewer, new FamilyQuery())).Rows.ShouldHaveSingleItem();
        (row.UserEmail, row.ClientName.Text, row.State, row.LastSeenFrom, row.LastSeenAgent)
            .ShouldBe(("viewer@app.example", "Inspector", FamilyState.Live, "192.0.2.9", "agent/1.0"));
    }

    [Fact]
    public async Task The_list_filters_by_state_client_user_and_reuse()
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var other = await server.AddPersonAsync("other@app.example");
        await server.AddClientAsync("a");
        await server.AddClientAsync("b");
        var expired = await server.AddFamilyAsync("a", viewer.UserId());
        server.Time.Advance(TimeSpan.FromDays(15));
        var live = await server.AddFamilyAsync("a", other.UserId());
        var revoked = await server.AddFamilyAsync("b", other.UserId());
        await server.WriteAsync(unit => unit.Db.Families().Where(family => family.FamilyId == revoked.FamilyId)
            .ExecuteUpdateAsync(set => set.SetProperty(family => family.RevokedAt, unit.Now).SetProperty(family => family.ReuseMarks, 2)));

        (await IdsAsync(new FamilyQuery { State = FamilyState.Live })).ShouldBe([live.FamilyId]);
        (await IdsAsync(new FamilyQuery { State = FamilyState.Expired })).ShouldBe([expired.FamilyId]);
        (await IdsAsync(new FamilyQuery { State = FamilyState.Revoked })).ShouldBe([revoked.FamilyId]);
        (await IdsAsync(new FamilyQuery { OnlyReused = true })).ShouldBe([revoked.FamilyId]);
        (await IdsAsync(new FamilyQuery { ClientId = "a" })).Length.ShouldBe(2);
        (await IdsAsync(new FamilyQuery { UserId = viewer.UserId() })).ShouldBe([expired.FamilyId]);

        async Task<string[]> IdsAsync(FamilyQuery query) =>
            [.. (await server.Get<ITokenFamilyDirectory>().ListAsync(viewer, query)).Rows.Select(row => row.FamilyId)];
    }

    [Theory]
    [InlineData("ALICE@", "alice")]
    [InlineData("insp", "alice")]
    [InlineData("192.0.2.77", "alice")]
    [InlineData("203.0.113.5", "bob")]
    [InlineData("read:", "bob alice")]
    [InlineData("nothing like it", "")]
    public async Task The_list_searches_user_client_scope_and_address(string search, string expected)
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var alice = await server.AddPersonAsync("alice@app.example");
        var bob = await server.AddPersonAsync("bob@app.example");
        await server.AddClientAsync("a", name: "Inspector");
        await server.AddClientAsync("b", name: "Editor");
        await server.AddFamilyAsync("a", alice.UserId(), createdFrom: "192.0.2.77");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        var bobs = await server.AddFamilyAsync("b", bob.UserId());
        server.Get<IActivityLog>().Seen(bobs.FamilyId, "203.0.113.5", null);
        await server.Get<IActivityLog>().FlushAsync();
        var page = await server.Get<ITokenFamilyDirectory>().ListAsync(viewer, new FamilyQuery { Search = search });
        string.Join(' ', page.Rows.Select(row => row.UserEmail!.Split('@')[0])).ShouldBe(expected);
        page.Total.ShouldBe(page.Rows.Count);
    }

    [Theory]
    [InlineData(FamilySort.CreatedAt, false, "a b")]
    [InlineData(FamilySort.CreatedAt, true, "b a")]
    [InlineData(FamilySort.LastSeenAt, true, "a b")]
    [InlineData(FamilySort.User, true, "b a")]
    [InlineData(FamilySort.Client, false, "a b")]
    [InlineData(FamilySort.Generation, true, "a b")]
    public async Task The_list_is_sorted_in_the_database(FamilySort sort, bool descending, string expected)
    {
        var server = await shared.EmptiedAsync();
        var viewer = await server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        await server.AddClientAsync("a", name: "alpha");
        await server.AddClientAsync("b", name: "Beta");
        var first = await server.AddFamilyAsync("a", (await server.AddPersonAsync("a@app.example")).UserId());
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.AddFamilyAsync("b", (await server.AddPersonAsync("b@app.example")).UserId());
        server.Get<IActivityLog>().Seen(first.FamilyId, null, null);
        await server.Get<IActivityLog>().FlushAsync();
        await server.WriteAsync(unit => unit.Db.Families().Where(family => family.FamilyId == first.FamilyId)
            .ExecuteUpdateAsync(set => set.SetProperty(family => family.Generation, 5)));
        var page = await server.Get<ITokenFamilyDirectory>().ListAsync(viewer, new FamilyQuery { SortBy = sort, Descending = descending });
        string.Join(' ', page.Rows.Select(row => row.ClientId)).ShouldBe(expected);
    }

    [Fact]
    public async Task People_see_their_own_families_and_lineages_and_no_others()
    {
        var server = await shared.EmptiedAsync();
        var owner = await server.AddPersonAsync("owner@app.example");
        var outsider = await server.AddPersonAsync("outsider@app.example");
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", owner.UserId());
        await server.WriteAsync(async unit =>
        {
            unit.Db.Generations().AddRange(Enumerable.Range(1, 501).Select(generation =>
                new FamilyGeneration { FamilyId = family.FamilyId, Generation = generation, At = unit.Now, Outcome = GenerationOutcome.Rotated }));
            return await unit.Db.SaveChangesAsync();
        });
        var directory = server.Get<ITokenFamilyDirectory>();

        (await directory.ListOwnAsync(owner)).ShouldHaveSingleItem().FamilyId.ShouldBe(family.FamilyId);
        (await directory.ListOwnAsync(outsider)).ShouldBeEmpty();
        (await directory.ListOwnAsync(new System.Security.Claims.ClaimsPrincipal())).ShouldBeEmpty();
        (await directory.LineageAsync(owner, family.FamilyId)).Select(line => line.Generation).ShouldBe(Enumerable.Range(2, 500));
        await Should.ThrowAsync<AccessDeniedException>(() => directory.LineageAsync(outsider, family.FamilyId));
        await Should.ThrowAsync<AccessDeniedException>(() => directory.ListAsync(owner, new FamilyQuery()));
    }
}
