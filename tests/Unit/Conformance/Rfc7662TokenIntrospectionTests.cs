using System.Net;
using AuthCore.Clients;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.Conformance;

/// <summary>RFC 7662, OAuth 2.0 Token Introspection.</summary>
public sealed class Rfc7662TokenIntrospectionTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private const string Secret = "a-secret-that-is-long-enough-0123456789";

    [Fact]
    public async Task Section_2_1_the_endpoint_asks_for_authorization()
    {
        var server = await shared.EmptiedAsync();
        var answer = await server.PostFormAsync("/introspect", ("token", "x"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Section_2_2_active_is_always_there_and_a_boolean()
    {
        var server = await shared.EmptiedAsync();
        await AddResourceServerAsync(server);
        (await (await IntrospectAsync(server, "unknown")).JsonAsync()).GetProperty("active").GetBoolean().ShouldBeFalse();
        (await (await IntrospectAsync(server, await AccessTokenAsync(server))).JsonAsync()).GetProperty("active").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Section_2_2_an_inactive_token_says_nothing_else()
    {
        var server = await shared.EmptiedAsync();
        await AddResourceServerAsync(server);
        (await (await IntrospectAsync(server, "unknown")).JsonAsync()).EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("active");
    }

    [Fact]
    public async Task Section_2_3_a_bad_token_is_no_error()
    {
        var server = await shared.EmptiedAsync();
        await AddResourceServerAsync(server);
        (await IntrospectAsync(server, "unknown")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Section_4_a_token_is_active_only_while_it_is_not_expired_and_not_revoked()
    {
        var server = await shared.EmptiedAsync();
        await AddResourceServerAsync(server);
        var token = await AccessTokenAsync(server);
        await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", token));
        (await (await IntrospectAsync(server, token)).JsonAsync()).GetProperty("active").GetBoolean().ShouldBeFalse();
    }

    private static Task AddResourceServerAsync(AuthServer server) =>
        server.AddClientAsync("resource-server", Secret, "client_secret_post", ClientOrigin.Preregistered);

    private static async Task<string> AccessTokenAsync(AuthServer server)
    {
        await server.AddClientAsync();
        var person = await server.AddPersonAsync("person@app.example");
        return server.TokensOf(await server.AddFamilyAsync("client-1", person.UserId())).AccessToken;
    }

    private static Task<HttpResponseMessage> IntrospectAsync(AuthServer server, string token) =>
        server.PostFormAsync("/introspect", ("client_id", "resource-server"), ("client_secret", Secret), ("token", token));
}
