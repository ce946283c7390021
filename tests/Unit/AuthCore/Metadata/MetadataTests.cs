using System.Net;
using System.Text.Json;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Metadata;

public sealed class MetadataTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private const string Path = "/.well-known/oauth-authorization-server";

    [Fact, Spec("RFC 8414 §3.3")]
    public async Task The_issuer_is_the_configured_origin_whatever_host_the_request_names()
    {
        var server = await shared.EmptiedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        var body = await (await server.Http.SendAsync(request)).Content.ReadAsStringAsync();
        JsonDocument.Parse(body).RootElement.GetProperty("issuer").GetString().ShouldBe(AuthServer.Issuer);
        body.ShouldNotContain("evil");
    }

    [Fact, Spec("RFC 8414 §2")]
    public async Task Every_advertised_endpoint_is_there_and_nothing_else_is_advertised()
    {
        var server = await shared.EmptiedAsync();
        var metadata = await MetadataAsync(server);
        var endpoints = metadata.EnumerateObject().Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal) || member.Name == "jwks_uri").ToArray();
        endpoints.Select(member => member.Name).ShouldBe(
            ["authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint", "introspection_endpoint", "jwks_uri"]);
        foreach (var endpoint in endpoints)
        {
            (await server.Http.GetAsync(endpoint.Value.GetString())).StatusCode.ShouldNotBe(HttpStatusCode.NotFound, endpoint.Name);
        }
    }

    [Fact]
    public async Task What_is_supported_is_listed_exactly()
    {
        var server = await shared.EmptiedAsync();
        var metadata = await MetadataAsync(server);
        Texts(metadata, "code_challenge_methods_supported").ShouldBe(["S256"]);
        Texts(metadata, "response_types_supported").ShouldBe(["code"]);
        Texts(metadata, "response_modes_supported").ShouldBe(["query"]);
        Texts(metadata, "grant_types_supported").ShouldBe(["authorization_code", "refresh_token"]);
        Texts(metadata, "token_endpoint_auth_methods_supported").ShouldBe(["none", "client_secret_basic", "client_secret_post"]);
        Texts(metadata, "revocation_endpoint_auth_methods_supported").ShouldBe(["none", "client_secret_basic", "client_secret_post"]);
        Texts(metadata, "introspection_endpoint_auth_methods_supported").ShouldBe(["client_secret_basic", "client_secret_post"]);
        Texts(metadata, "scopes_supported").ShouldBe(["offline_access", "read:secret", "write"]);
        metadata.GetProperty("authorization_response_iss_parameter_supported").GetBoolean().ShouldBeTrue();
        metadata.GetProperty("client_id_metadata_document_supported").GetBoolean().ShouldBeFalse();
        metadata.TryGetProperty("resource", out _).ShouldBeFalse();
    }

    [Fact, Spec("RFC 8414 §5")]
    public async Task The_openid_location_has_the_same_bytes()
    {
        var server = await shared.EmptiedAsync();
        (await server.Http.GetStringAsync("/.well-known/openid-configuration")).ShouldBe(await server.Http.GetStringAsync(Path));
    }

    [Theory]
    [InlineData(Path)]
    [InlineData("/.well-known/jwks.json")]
    public async Task Head_says_what_get_would_and_other_methods_are_not_allowed(string path)
    {
        var server = await shared.EmptiedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        var head = await server.Http.SendAsync(request);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromMinutes(5));
        head.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();

        var posted = await server.Http.PostAsync(path, null);
        posted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        posted.Content.Headers.Allow.ShouldBe(["GET", "HEAD"], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_path_has_no_metadata()
    {
        var server = await shared.EmptiedAsync();
        (await server.Http.GetAsync(Path + "/tenant")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact, Spec("RFC 7517 §5")]
    public async Task The_keys_are_public_halves_for_es256()
    {
        var server = await shared.EmptiedAsync();
        var keys = (await (await server.Http.GetAsync("/.well-known/jwks.json")).JsonAsync()).GetProperty("keys");
        var key = keys.EnumerateArray().ShouldHaveSingleItem();
        key.EnumerateObject().Select(member => member.Name).ShouldBe(["kty", "crv", "x", "y", "kid", "use", "alg"]);
        key.GetProperty("alg").GetString().ShouldBe("ES256");
        key.GetProperty("use").GetString().ShouldBe("sig");
    }

    [Theory]
    [InlineData(Path, "GET")]
    [InlineData("/register", "POST")]
    [InlineData("/token", "POST")]
    [InlineData("/revoke", "POST")]
    public async Task A_preflight_is_answered_for_the_headers_of_mcp_clients(string path, string method)
    {
        var server = await shared.EmptiedAsync();
        var answer = await PreflightAsync(server, path, method);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        answer.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("mcp-protocol-version");
    }

    [Fact, Spec("RFC 9700 §2.6")]
    public async Task The_authorization_endpoint_is_never_shared_across_origins()
    {
        var server = await shared.EmptiedAsync();
        var answer = await PreflightAsync(server, "/authorize", "GET");
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Without_an_origin_there_is_no_header_of_cors()
    {
        var server = await shared.EmptiedAsync();
        (await server.Http.GetAsync(Path)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static async Task<HttpResponseMessage> PreflightAsync(AuthServer server, string path, string method)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", "http://localhost:6274");
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,mcp-protocol-version");
        return await server.Http.SendAsync(request);
    }

    private static async Task<JsonElement> MetadataAsync(AuthServer server) => await (await server.Http.GetAsync(Path)).JsonAsync();

    private static string[] Texts(JsonElement metadata, string name) => [.. metadata.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
