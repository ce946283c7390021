using System.Net;
using System.Text.Json;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.Conformance;

/// <summary>RFC 7591, OAuth 2.0 Dynamic Client Registration Protocol.</summary>
public sealed class Rfc7591DynamicClientRegistrationTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private const string Good = """{"redirect_uris":["https://app.example/cb"]}""";

    [Fact]
    public async Task Section_2_metadata_that_is_not_understood_is_ignored()
    {
        var server = await shared.EmptiedAsync();
        (await RegisterAsync(server, """{"redirect_uris":["https://app.example/cb"],"from_the_future":{"a":[1]}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Section_2_without_a_method_it_is_basic()
    {
        var server = await shared.EmptiedAsync();
        (await RegisteredAsync(server, Good)).GetProperty("token_endpoint_auth_method").GetString().ShouldBe("client_secret_basic");
    }

    [Fact]
    public async Task Section_2_clients_that_use_redirects_register_their_redirect_uris()
    {
        var server = await shared.EmptiedAsync();
        (await (await RegisterAsync(server, "{}")).ErrorAsync()).ShouldBe("invalid_redirect_uri");
    }

    [Fact]
    public async Task Section_2_jwks_and_jwks_uri_are_not_both_present()
    {
        var server = await shared.EmptiedAsync();
        var answer = await RegisterAsync(server, """{"redirect_uris":["https://app.example/cb"],"jwks_uri":"https://app.example/jwks","jwks":{"keys":[]}}""");
        (await answer.ErrorAsync()).ShouldBe("invalid_client_metadata");
    }

    [Fact]
    public async Task Section_2_1_grant_types_and_response_types_do_not_contradict_each_other()
    {
        var server = await shared.EmptiedAsync();
        var answer = await RegisterAsync(server, """{"redirect_uris":["https://app.example/cb"],"grant_types":["authorization_code"],"response_types":["token"]}""");
        (await answer.ErrorAsync()).ShouldBe("invalid_client_metadata");
    }

    [Fact]
    public async Task Section_3_1_every_registration_gets_an_identifier_of_its_own()
    {
        var server = await shared.EmptiedAsync();
        var first = (await RegisteredAsync(server, Good)).GetProperty("client_id").GetString();
        var second = (await RegisteredAsync(server, Good)).GetProperty("client_id").GetString();
        first.ShouldNotBe(second);
    }

    [Fact]
    public async Task Section_3_2_1_the_answer_is_201_not_kept_by_caches_with_all_registered_metadata()
    {
        var server = await shared.EmptiedAsync();
        var answer = await RegisterAsync(server, Good);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var client = await answer.JsonAsync();
        foreach (var member in new[] { "client_id", "redirect_uris", "grant_types", "response_types", "token_endpoint_auth_method", "client_name" })
        {
            client.TryGetProperty(member, out _).ShouldBeTrue(member);
        }
    }

    [Fact]
    public async Task Section_3_2_1_a_secret_comes_with_its_expiry_and_zero_means_never()
    {
        var server = await shared.EmptiedAsync();
        (await RegisteredAsync(server, Good)).GetProperty("client_secret_expires_at").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Section_3_2_2_an_error_is_400_with_json()
    {
        var server = await shared.EmptiedAsync();
        var answer = await RegisterAsync(server, "[]");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    private static async Task<JsonElement> RegisteredAsync(AuthServer server, string body) => await (await RegisterAsync(server, body)).JsonAsync();

    private static async Task<HttpResponseMessage> RegisterAsync(AuthServer server, string body)
    {
        using var content = new StringContent(body, null, "application/json");
        return await server.Http.PostAsync("/register", content);
    }
}
