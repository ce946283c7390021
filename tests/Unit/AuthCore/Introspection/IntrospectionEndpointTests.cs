using System.Net;
using AuthCore.Clients;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Introspection;

public sealed class IntrospectionEndpointTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private const string Secret = "a-secret-that-is-long-enough-0123456789";
    private const string Inactive = """{"active":false}""";

    [Fact]
    public async Task A_resource_server_learns_what_a_token_says()
    {
        var server = await shared.EmptiedAsync();
        var family = await ConnectedAsync(server, "client-1");
        await AddResourceServerAsync(server);
        var answer = await IntrospectAsync(server, "resource-server", server.TokensOf(family).AccessToken);
        var json = await answer.JsonAsync();
        json.GetProperty("active").GetBoolean().ShouldBeTrue();
        json.GetProperty("sub").GetString().ShouldBe(family.UserId);
        json.GetProperty("client_id").GetString().ShouldBe("client-1");
        json.GetProperty("scope").GetString().ShouldBe("read:secret");
        json.GetProperty("aud").GetString().ShouldBe("http://localhost/mcp");
        json.GetProperty("iss").GetString().ShouldBe(AuthServer.Issuer);
        json.GetProperty("token_type").GetString().ShouldBe("Bearer");
        json.GetProperty("exp").GetInt64().ShouldBeGreaterThan(json.GetProperty("iat").GetInt64());
        json.GetProperty("jti").GetString().ShouldNotBeNullOrEmpty();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact, Spec("RFC 7662 §2.1")]
    public async Task A_caller_that_does_not_prove_to_be_a_confidential_client_gets_401()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync("public");
        await AddResourceServerAsync(server);
        (await server.PostFormAsync("/introspect", ("token", "x"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await server.PostFormAsync("/introspect", ("token", "x"), ("client_id", "public"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await IntrospectAsync(server, "resource-server", "x", "wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact, Spec("RFC 7662 §2.2")]
    public async Task Everything_that_is_not_alive_is_inactive_and_nothing_more_is_said()
    {
        var server = await shared.EmptiedAsync();
        var family = await ConnectedAsync(server, "client-1");
        var tokens = server.TokensOf(family);
        await AddResourceServerAsync(server);
        await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", tokens.RefreshToken!));
        string[] dead = [tokens.AccessToken, tokens.RefreshToken!, "garbage", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30.AAAA", tokens.AccessToken[..^4] + "AAAA"];
        foreach (var token in dead)
        {
            (await (await IntrospectAsync(server, "resource-server", token)).Content.ReadAsStringAsync()).ShouldBe(Inactive);
        }
    }

    [Fact]
    public async Task An_expired_token_is_inactive()
    {
        var server = await shared.EmptiedAsync();
        var token = server.TokensOf(await ConnectedAsync(server, "client-1")).AccessToken;
        await AddResourceServerAsync(server);
        server.Time.Advance(TimeSpan.FromMinutes(6));
        (await (await IntrospectAsync(server, "resource-server", token)).Content.ReadAsStringAsync()).ShouldBe(Inactive);
    }

    [Fact]
    public async Task A_client_that_registered_itself_sees_only_its_own_tokens()
    {
        var server = await shared.EmptiedAsync();
        var own = await ConnectedAsync(server, "own", Secret);
        var foreign = await ConnectedAsync(server, "foreign");
        (await (await IntrospectAsync(server, "own", server.TokensOf(own).AccessToken)).JsonAsync()).GetProperty("active").GetBoolean().ShouldBeTrue();
        (await (await IntrospectAsync(server, "own", server.TokensOf(foreign).AccessToken)).Content.ReadAsStringAsync()).ShouldBe(Inactive);
    }

    [Fact]
    public async Task Only_the_newest_refresh_token_is_active_and_only_for_its_client()
    {
        var server = await shared.EmptiedAsync();
        var family = await ConnectedAsync(server, "own", Secret);
        await AddResourceServerAsync(server);
        var first = server.TokensOf(family).RefreshToken!;
        (await (await IntrospectAsync(server, "own", first)).JsonAsync()).GetProperty("active").GetBoolean().ShouldBeTrue();
        (await (await IntrospectAsync(server, "resource-server", first)).Content.ReadAsStringAsync()).ShouldBe(Inactive);
        await server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set.SetProperty(row => row.Generation, 2)));
        (await (await IntrospectAsync(server, "own", first)).Content.ReadAsStringAsync()).ShouldBe(Inactive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_refresh_token_of_a_family_that_is_over_is_inactive_for_its_own_client_too(bool revoked)
    {
        var server = await shared.EmptiedAsync();
        var token = server.TokensOf(await ConnectedAsync(server, "own", Secret)).RefreshToken!;
        await server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set
            .SetProperty(family => family.RevokedAt, revoked ? unit.Now : null)
            .SetProperty(family => family.ExpiresAt, family => revoked ? family.ExpiresAt : unit.Now)));
        (await (await IntrospectAsync(server, "own", token)).Content.ReadAsStringAsync()).ShouldBe(Inactive);
    }

    [Fact]
    public async Task The_token_must_be_there()
    {
        var server = await shared.EmptiedAsync();
        await AddResourceServerAsync(server);
        var answer = await server.PostFormAsync("/introspect", ("client_id", "resource-server"), ("client_secret", Secret));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).ShouldBe("invalid_request");
    }

    private static Task AddResourceServerAsync(AuthServer server) =>
        server.AddClientAsync("resource-server", Secret, "client_secret_post", ClientOrigin.Preregistered);

    private static async Task<TokenFamily> ConnectedAsync(AuthServer server, string clientId, string? secret = null)
    {
        await server.AddClientAsync(clientId, secret, secret is null ? null : "client_secret_post");
        var person = await server.AddPersonAsync($"{clientId}@app.example");
        return await server.AddFamilyAsync(clientId, person.UserId());
    }

    private static Task<HttpResponseMessage> IntrospectAsync(AuthServer server, string clientId, string token, string secret = Secret) =>
        server.PostFormAsync("/introspect", ("client_id", clientId), ("client_secret", secret), ("token", token));
}
