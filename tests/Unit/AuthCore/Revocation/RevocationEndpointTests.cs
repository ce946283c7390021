using System.Net;
using AuthCore.Audit;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Revocation;

public sealed class RevocationEndpointTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "refresh_token")]
    [InlineData(true, "access_token")]
    [InlineData(false, null)]
    [InlineData(false, "access_token")]
    [InlineData(false, "refresh_token")]
    public async Task Either_token_ends_its_family_whatever_the_hint_says(bool refreshToken, string? hint)
    {
        var server = await shared.EmptiedAsync();
        var (family, tokens) = await ConnectedAsync(server, "client-1");
        server.Accepts(tokens.AccessToken).ShouldBeTrue();

        var answer = await server.PostFormAsync(
            "/revoke", ("client_id", "client-1"), ("token", refreshToken ? tokens.RefreshToken! : tokens.AccessToken), ("token_type_hint", hint ?? ""));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        server.Accepts(tokens.AccessToken).ShouldBeFalse();
        var ended = await server.ReloadAsync(family);
        ended.RevokedAt.ShouldNotBeNull();
        ended.EndedBy.ShouldBe(RevocationReason.Client);
        var refreshed = await server.PostFormAsync("/token", ("grant_type", "refresh_token"), ("client_id", "client-1"), ("refresh_token", tokens.RefreshToken!));
        (await refreshed.ErrorAsync()).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Own_foreign_and_unknown_tokens_get_the_same_answer_and_only_the_own_is_gone()
    {
        var server = await shared.EmptiedAsync();
        var (_, own) = await ConnectedAsync(server, "client-1");
        var (_, foreign) = await ConnectedAsync(server, "client-2");
        var answers = new List<string>();
        foreach (var token in new[] { own.RefreshToken!, foreign.RefreshToken!, foreign.AccessToken, "unknown", "mrt_unknown", "a.b.c" })
        {
            var answer = await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", token));
            answers.Add($"{answer.StatusCode} {answer.Headers.CacheControl} {await answer.Content.ReadAsStringAsync()}");
        }

        answers.Distinct().ShouldBe(["OK no-store {}"]);
        server.Accepts(own.AccessToken).ShouldBeFalse();
        server.Accepts(foreign.AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_revocation_changes_nothing()
    {
        var server = await shared.EmptiedAsync();
        var (family, tokens) = await ConnectedAsync(server, "client-1");
        await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", tokens.RefreshToken!));
        var first = await server.ReloadAsync(family);
        server.Time.Advance(TimeSpan.FromSeconds(10));
        (await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", tokens.RefreshToken!))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.ReloadAsync(family)).RevokedAt.ShouldBe(first.RevokedAt);
    }

    [Fact]
    public async Task The_last_access_token_of_a_family_that_has_just_expired_can_still_be_ended_and_the_trail_tells_by_whom()
    {
        var server = await shared.EmptiedAsync();
        var (family, tokens) = await ConnectedAsync(server, "client-1");
        await server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, unit.Now.AddSeconds(-1))));
        server.Accepts(tokens.AccessToken).ShouldBeTrue();

        await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", tokens.AccessToken));

        server.Accepts(tokens.AccessToken).ShouldBeFalse();
        await using var db = server.Read();
        var line = await db.AuditLines().SingleAsync(line => line.Action == "family.revoked");
        (line.Actor, line.Subject).ShouldBe(("client-1", family.FamilyId));
    }

    [Fact]
    public async Task The_token_must_be_there_and_the_hint_known()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync();
        (await (await server.PostFormAsync("/revoke", ("client_id", "client-1"))).ErrorAsync()).ShouldBe("invalid_request");
        (await (await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", "x"), ("token_type_hint", "id_token"))).ErrorAsync()).ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Only_post_is_offered()
    {
        var server = await shared.EmptiedAsync();
        var answer = await server.Http.GetAsync("/revoke?token=x");
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldContain("POST");
    }

    private static async Task<(TokenFamily Family, global::AuthCore.Token.TokenResponse Tokens)> ConnectedAsync(AuthServer server, string clientId)
    {
        await server.AddClientAsync(clientId);
        var person = await server.AddPersonAsync($"{clientId}@app.example");
        var family = await server.AddFamilyAsync(clientId, person.UserId());
        return (family, server.TokensOf(family));
    }
}
