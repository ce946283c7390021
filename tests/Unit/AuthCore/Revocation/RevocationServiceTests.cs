using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Revocation;

public sealed class RevocationServiceTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task An_operator_ends_a_family_and_its_tokens_at_once()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", owner.UserId());
        var token = server.TokensOf(family).AccessToken;

        (await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Family(family.FamilyId))).ShouldBe(new RevocationOutcome.Revoked(1));

        server.Accepts(token).ShouldBeFalse();
        var ended = await server.ReloadAsync(family);
        ended.RevocationReason.ShouldBe(RevocationReason.Operator);
        ended.RevokedBy.ShouldBe(operatorOf.UserId());
        await using var db = server.Read();
        (await db.Generations().SingleAsync()).Outcome.ShouldBe(GenerationOutcome.Revoked);
        var line = await db.Facts().OrderBy(audited => audited.Sequence).LastAsync();
        (line.Name, line.Actor, line.Subject).ShouldBe(("family.revoked", operatorOf.UserId(), family.FamilyId));
    }

    [Fact]
    public async Task What_a_client_does_for_itself_is_of_no_user_and_only_an_operator_or_the_client_revokes_it()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        await server.AddFamilyAsync("client-1", owner.UserId());
        var family = await server.AddFamilyAsync("client-1", null);
        (await ServiceOf(server).PreviewAsync(operatorOf, new RevocationTarget.Client("client-1"))).ShouldBe(new RevocationImpact(2, 1, 1));
        (await ServiceOf(server).PreviewAsync(operatorOf, new RevocationTarget.Family(family.FamilyId))).ShouldBe(new RevocationImpact(1, 0, 1));
        await Should.ThrowAsync<AccessDeniedException>(() => ServiceOf(server).RevokeAsync(owner, new RevocationTarget.Family(family.FamilyId)));
        await Should.ThrowAsync<AccessDeniedException>(() => ServiceOf(server).RevokeAsync(new ClaimsPrincipal(), new RevocationTarget.Family(family.FamilyId)));

        (await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Family(family.FamilyId))).ShouldBe(new RevocationOutcome.Revoked(1));
        (await server.ReloadAsync(family)).RevocationReason.ShouldBe(RevocationReason.Operator);
    }

    [Fact]
    public async Task An_owner_ends_their_own_family_without_a_role()
    {
        var server = await shared.EmptiedAsync();
        var (_, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", owner.UserId());
        (await ServiceOf(server).PreviewAsync(owner, new RevocationTarget.Family(family.FamilyId))).ShouldBe(new RevocationImpact(1, 1, 1));
        (await ServiceOf(server).RevokeAsync(owner, new RevocationTarget.Family(family.FamilyId))).ShouldBe(new RevocationOutcome.Revoked(1));
        (await server.ReloadAsync(family)).RevocationReason.ShouldBe(RevocationReason.User);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("viewer")]
    public async Task Nobody_else_ends_anything_and_the_attempt_is_audited(string? role)
    {
        var server = await shared.EmptiedAsync();
        var (_, owner) = await PeopleAsync(server);
        var unrelated = await server.AddPersonAsync("unrelated@app.example", role);
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", owner.UserId());
        RevocationTarget[] targets =
        [
            new RevocationTarget.Family(family.FamilyId), new RevocationTarget.Family("unknown"), new RevocationTarget.Client("client-1"),
            new RevocationTarget.ConnectionsOf(owner.UserId()),
        ];
        foreach (var target in targets)
        {
            (await Should.ThrowAsync<AccessDeniedException>(() => ServiceOf(server).RevokeAsync(unrelated, target))).RequiredRole.ShouldBe(Roles.Operator);
        }

        (await server.ReloadAsync(family)).RevokedAt.ShouldBeNull();
        await using var db = server.Read();
        (await db.Facts().CountAsync(line => line.Name == "access.denied" && line.Actor == unrelated.UserId())).ShouldBe(1, "one line a person, role and minute");
    }

    [Fact]
    public async Task Ending_a_client_ends_its_families_and_nobody_elses_and_shuts_it_out()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, owner) = await PeopleAsync(server);
        await server.AddClientAsync("ended");
        await server.AddClientAsync("other");
        var first = await server.AddFamilyAsync("ended", owner.UserId());
        var second = await server.AddFamilyAsync("ended", operatorOf.UserId());
        var other = await server.AddFamilyAsync("other", owner.UserId());

        (await ServiceOf(server).PreviewAsync(operatorOf, new RevocationTarget.Client("ended"))).ShouldBe(new RevocationImpact(2, 2, 1));
        (await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Client("ended"))).ShouldBe(new RevocationOutcome.Revoked(2));
        (await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Client("ended"))).ShouldBe(new RevocationOutcome.Revoked(0));

        server.Accepts(server.TokensOf(first).AccessToken).ShouldBeFalse();
        server.Accepts(server.TokensOf(second).AccessToken).ShouldBeFalse();
        server.Accepts(server.TokensOf(other).AccessToken).ShouldBeTrue();
        (await (await server.PostFormAsync("/revoke", ("client_id", "ended"), ("token", "x"))).ErrorAsync()).ShouldBe("invalid_client");
    }

    [Fact]
    public async Task A_connection_that_an_ended_client_makes_in_the_same_moment_is_not_alive_either()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, _) = await PeopleAsync(server);
        await server.AddClientAsync("just-ended");
        await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Client("just-ended"));
        server.Get<LivenessSet>().IsAlive("another", "just-ended", "another").ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_with_more_families_than_one_batch_ends_whole()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        var families = await Task.WhenAll(Enumerable.Range(0, 1001).Select(_ => server.AddFamilyAsync("client-1", owner.UserId())));
        var outcome = (await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Client("client-1"))).ShouldBeOfType<RevocationOutcome.Revoked>();
        outcome.Families.ShouldBeGreaterThan(0);
        outcome.Following.ShouldBeGreaterThan(0, "the caller does not wait for all");
        families.ShouldAllBe(family => !server.Get<LivenessSet>().IsAlive(family.FamilyId, family.ClientId, family.UserId), "the client is refused at once");

        await server.UntilNoneRemainsAsync(DisabledParty.Client("client-1"));
        families.ShouldAllBe(family => !server.Get<LivenessSet>().IsAlive(family.FamilyId, "another", "another"));
        await using var db = server.Read();
        (await db.Families().CountAsync(family => family.RevocationReason == RevocationReason.ClientDisabled && family.RevokedBy == operatorOf.UserId())).ShouldBe(1001);
        (await db.Generations().CountAsync(line => line.Outcome == GenerationOutcome.Revoked)).ShouldBe(1001);
    }

    [Fact]
    public async Task An_enabled_client_can_be_used_again_but_what_was_ended_stays_ended()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        var before = server.TokensOf(await server.AddFamilyAsync("client-1", owner.UserId()));
        await ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Client("client-1"));

        var clients = server.Get<IClientDirectory>();
        (await clients.EnableAsync(operatorOf, "client-1")).ShouldBeTrue();
        (await clients.EnableAsync(operatorOf, "client-1")).ShouldBeFalse();
        (await clients.EnableAsync(operatorOf, "unknown")).ShouldBeFalse();

        server.Accepts(before.AccessToken).ShouldBeFalse();
        server.Accepts(server.TokensOf(await server.AddFamilyAsync("client-1", owner.UserId())).AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task Everything_of_a_person_ends_and_they_can_connect_again()
    {
        var server = await shared.EmptiedAsync();
        var (_, owner) = await PeopleAsync(server);
        await server.AddClientAsync("of-a-person");
        var family = await server.AddFamilyAsync("of-a-person", owner.UserId());
        (await ServiceOf(server).RevokeAsync(owner, new RevocationTarget.ConnectionsOf(owner.UserId()))).ShouldBe(new RevocationOutcome.Revoked(1));
        server.Accepts(server.TokensOf(family).AccessToken).ShouldBeFalse();
        server.Accepts(server.TokensOf(await server.AddFamilyAsync("of-a-person", owner.UserId())).AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_ends_its_own_family()
    {
        var server = await shared.EmptiedAsync();
        var (_, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", owner.UserId());
        var token = server.TokensOf(family).AccessToken;
        var grant = server.Get<AccessTokenLookup>().Find(token).ShouldNotBeNull();
        (await ServiceOf(server).RevokeOwnAsync(grant)).ShouldBe(new RevocationOutcome.Revoked(1));
        server.Accepts(token).ShouldBeFalse();
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found_by_an_operator()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, _) = await PeopleAsync(server);
        RevocationTarget[] targets = [new RevocationTarget.Family("x"), new RevocationTarget.Client("x"), new RevocationTarget.ConnectionsOf("x")];
        foreach (var target in targets)
        {
            (await ServiceOf(server).RevokeAsync(operatorOf, target)).ShouldBeOfType<RevocationOutcome.NotFound>();
        }
    }

    [Fact]
    public async Task Two_hundred_at_once_end_a_family_once()
    {
        var server = await shared.EmptiedAsync();
        var (operatorOf, owner) = await PeopleAsync(server);
        await server.AddClientAsync();
        var family = await server.AddFamilyAsync("client-1", owner.UserId());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => ServiceOf(server).RevokeAsync(operatorOf, new RevocationTarget.Family(family.FamilyId))));
        outcomes.Count(outcome => outcome is RevocationOutcome.Revoked { Families: 1 }).ShouldBe(1);
        await using var db = server.Read();
        (await db.Generations().CountAsync()).ShouldBe(1);
    }

    private static IRevocationService ServiceOf(AuthServer server) => server.Get<IRevocationService>();

    private static async Task<(ClaimsPrincipal Operator, ClaimsPrincipal Owner)> PeopleAsync(AuthServer server) =>
        (await server.AddPersonAsync("operator@app.example", Roles.Operator), await server.AddPersonAsync("owner@app.example"));
}
