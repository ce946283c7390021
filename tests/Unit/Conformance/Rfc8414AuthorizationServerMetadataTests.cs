using System.Net;
using System.Text.Json;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.Conformance;

/// <summary>RFC 8414, OAuth 2.0 Authorization Server Metadata.</summary>
public sealed class Rfc8414AuthorizationServerMetadataTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    [Fact]
    public async Task Section_2_required_members_are_there()
    {
        var server = await shared.EmptiedAsync();
        var metadata = await MetadataAsync(server);
        foreach (var member in new[] { "issuer", "authorization_endpoint", "token_endpoint", "response_types_supported" })
        {
            metadata.TryGetProperty(member, out _).ShouldBeTrue(member);
        }
    }

    [Fact]
    public async Task Section_2_the_issuer_has_no_query_and_no_fragment()
    {
        var server = await shared.EmptiedAsync();
        var issuer = new Uri((await MetadataAsync(server)).GetProperty("issuer").GetString()!);
        (issuer.Query + issuer.Fragment).ShouldBeEmpty();
    }

    [Fact]
    public async Task Section_3_2_a_successful_answer_is_200_with_json()
    {
        var server = await shared.EmptiedAsync();
        var answer = await server.Http.GetAsync("/.well-known/oauth-authorization-server");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task Section_3_2_members_without_a_value_are_left_out()
    {
        await using var server = await AuthServer.StartAsync(("Registration:Enabled", "false"));
        foreach (var member in (await MetadataAsync(server)).EnumerateObject())
        {
            member.Value.ValueKind.ShouldNotBe(JsonValueKind.Null, member.Name);
            (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0).ShouldBeFalse(member.Name);
        }
    }

    [Fact]
    public async Task Section_3_3_the_issuer_is_the_one_that_the_location_was_made_from()
    {
        var server = await shared.EmptiedAsync();
        (await MetadataAsync(server)).GetProperty("issuer").GetString().ShouldBe(AuthServer.Issuer);
    }

    private static async Task<JsonElement> MetadataAsync(AuthServer server) =>
        await (await server.Http.GetAsync("/.well-known/oauth-authorization-server")).JsonAsync();
}
