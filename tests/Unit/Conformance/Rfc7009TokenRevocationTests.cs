using System.Net;
using AuthCore.Token;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.Conformance;

/// <summary>RFC 7009, OAuth 2.0 Token Revocation.</summary>
public sealed class Rfc7009TokenRevocationTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task Section_2_1_the_client_is_authenticated_first()
    {
        var server = await shared.EmptiedAsync();
        var (_, tokens) = await ConnectedAsync(server);
        (await server.PostFormAsync("/revoke", ("token", tokens.RefreshToken!))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        server.Accepts(tokens.AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task Section_2_1_a_token_of_another_client_is_left_alone()
    {
        var server = await shared.EmptiedAsync();
        var (_, tokens) = await ConnectedAsync(server);
        await server.AddClientAsync("another");
        await server.PostFormAsync("/revoke", ("client_id", "another"), ("token", tokens.RefreshToken!));
        server.Accepts(tokens.AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task Section_2_1_with_a_refresh_token_the_access_tokens_of_the_same_grant_end()
    {
        var server = await shared.EmptiedAsync();
        var (clientId, tokens) = await ConnectedAsync(server);
        await server.PostFormAsync("/revoke", ("client_id", clientId), ("token", tokens.RefreshToken!));
        server.Accepts(tokens.AccessToken).ShouldBeFalse();
    }

    [Fact]
    public async Task Section_2_1_a_wrong_hint_does_not_hide_the_token()
    {
        var server = await shared.EmptiedAsync();
        var (clientId, tokens) = await ConnectedAsync(server);
        await server.PostFormAsync("/revoke", ("client_id", clientId), ("token", tokens.AccessToken), ("token_type_hint", "refresh_token"));
        server.Accepts(tokens.AccessToken).ShouldBeFalse();
    }

    [Fact]
    public async Task Section_2_2_an_invalid_token_is_answered_with_200()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync();
        (await server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", "no-such-token"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Section_2_2_1_errors_are_those_of_rfc_6749_section_5_2()
    {
        var server = await shared.EmptiedAsync();
        await server.AddClientAsync();
        var answer = await server.PostFormAsync("/revoke", ("client_id", "client-1"));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).ShouldBe("invalid_request");
    }

    private static async Task<(string ClientId, TokenResponse Tokens)> ConnectedAsync(AuthServer server)
    {
        await server.AddClientAsync();
        var person = await server.AddPersonAsync("person@app.example");
        return ("client-1", server.TokensOf(await server.AddFamilyAsync("client-1", person.UserId())));
    }
}
