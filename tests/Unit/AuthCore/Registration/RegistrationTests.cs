using System.Net;
using System.Text;
using System.Text.Json;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Protocol;
using AuthCore.Registration;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Registration;

public sealed class RegistrationTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>
{
    private const string Redirects = "\"redirect_uris\":[\"http://127.0.0.1/callback\"]";

    [Fact]
    public async Task A_public_client_gets_an_identifier_and_no_secret()
    {
        var server = await shared.EmptiedAsync();
        var before = server.Time.GetUtcNow().ToUnixTimeSeconds();
        var answer = await RegisterAsync(server, $$"""{{{Redirects}},"token_endpoint_auth_method":"none","client_name":"Inspector"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Pragma.ToString().ShouldBe("no-cache");
        var client = await answer.JsonAsync();
        client.GetProperty("client_id").GetString()!.Length.ShouldBe(32);
        client.GetProperty("client_id_issued_at").GetInt64().ShouldBe(before);
        client.GetProperty("client_name").GetString().ShouldBe("Inspector");
        client.GetProperty("token_endpoint_auth_method").GetString().ShouldBe("none");
        client.TryGetProperty("client_secret", out _).ShouldBeFalse();
        client.TryGetProperty("client_secret_expires_at", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_confidential_client_gets_a_secret_that_is_stored_as_its_hash_only()
    {
        var server = await shared.EmptiedAsync();
        var client = await RegisteredAsync(server, $$"""{{{Redirects}},"token_endpoint_auth_method":"client_secret_post"}""");
        var secret = client.GetProperty("client_secret").GetString()!;
        secret.ShouldMatch("^[A-Za-z0-9._~-]{43}$");
        client.GetProperty("client_secret_expires_at").GetInt64().ShouldBe(0);
        await using var db = server.Read();
        var stored = await db.Clients().SingleAsync();
        stored.SecretHash.ShouldNotBeNull();
        JsonSerializer.Serialize(stored).ShouldNotContain(secret);
        (await server.PostFormAsync("/revoke", ("token", "x"), ("client_id", stored.ClientId), ("client_secret", secret))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_registration_is_recorded_with_its_commit()
    {
        var server = await shared.EmptiedAsync();
        var client = await RegisteredAsync(server, $$"""{{{Redirects}},"token_endpoint_auth_method":"none","client_name":"Inspector"}""");
        await using var db = server.Read();
        var line = await db.Facts().SingleAsync(line => line.Name == "client.registered");
        var registered = server.Get<FactCatalog>().Read(line).ShouldBeOfType<ClientRegistered>();
        registered.ClientId.ShouldBe(client.GetProperty("client_id").GetString());
        registered.ClientName.ShouldBe("Inspector");
    }

    [Fact]
    public async Task What_is_left_out_gets_a_default_that_is_echoed()
    {
        var server = await shared.EmptiedAsync();
        var client = await RegisteredAsync(server, $$"""{{{Redirects}},"client_name":"","client_uri":""}""");
        client.GetProperty("token_endpoint_auth_method").GetString().ShouldBe("client_secret_basic");
        Texts(client, "grant_types").ShouldBe(["authorization_code", "refresh_token"]);
        Texts(client, "response_types").ShouldBe(["code"]);
        client.GetProperty("client_name").GetString().ShouldBe("Unnamed client");
        client.GetProperty("application_type").GetString().ShouldBe("native");
        client.TryGetProperty("client_uri", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Grants_that_are_not_offered_are_dropped()
    {
        var server = await shared.EmptiedAsync();
        var client = await RegisteredAsync(
            server, $$"""{{{Redirects}},"grant_types":["urn:ietf:params:oauth:grant-type:jwt-bearer","implicit","authorization_code"]}""");
        Texts(client, "grant_types").ShouldBe(["authorization_code"]);
    }

    [Fact]
    public async Task Naming_every_grant_that_is_offered_gives_those_that_a_person_answers()
    {
        var server = await shared.EmptiedAsync();
        var all = string.Join(',', GrantTypes.Supported.Select(grant => $"\"{grant}\""));
        Texts(await RegisteredAsync(server, $$"""{{{Redirects}},"grant_types":[{{all}}]}"""), "grant_types").ShouldBe(["authorization_code", "refresh_token"]);
    }

    [Theory]
    [InlineData("web")]
    [InlineData("native")]
    public async Task The_application_type_is_echoed(string type)
    {
        var server = await shared.EmptiedAsync();
        (await RegisteredAsync(server, $$"""{"redirect_uris":["https://app.example/cb"],"application_type":"{{type}}"}"""))
            .GetProperty("application_type").GetString().ShouldBe(type);
    }

    [Fact]
    public async Task Unknown_members_are_ignored_and_localized_ones_kept_with_their_tag()
    {
        var server = await shared.EmptiedAsync();
        var client = await RegisteredAsync(server, $$"""
            {{{Redirects}},"resource":"https://elsewhere.example/mcp","software_statement":"e30.e30.","unknown":{"a":1},
             "client_name#ja-Hani-JP":"クライアント","tos_uri#de":"https://app.example/agb","software_id":"2e6dc280","scope":"read:secret openid"}
            """);
        client.GetProperty("client_name#ja-Hani-JP").GetString().ShouldBe("クライアント");
        client.GetProperty("tos_uri#de").GetString().ShouldBe("https://app.example/agb");
        client.GetProperty("software_id").GetString().ShouldBe("2e6dc280");
        client.GetProperty("scope").GetString().ShouldBe("read:secret");
        client.TryGetProperty("resource", out _).ShouldBeFalse();
        client.TryGetProperty("software_statement", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_loses_what_a_reader_cannot_see()
    {
        var server = await shared.EmptiedAsync();
        (await RegisteredAsync(server, $$"""{{{Redirects}},"client_name":"Cl\u202Eaude\u0007\u200B <b>"}""")).GetProperty("client_name").GetString().ShouldBe("Claude <b>");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"redirect_uris":[]}""")]
    [InlineData("""{"redirect_uris":"https://app.example/cb"}""")]
    [InlineData("""{"redirect_uris":[1]}""")]
    [InlineData("""{"redirect_uris":[""]}""")]
    [InlineData("""{"redirect_uris":[null]}""")]
    [InlineData("""{"redirect_uris":["http://app.example/cb"]}""")]
    [InlineData("""{"redirect_uris":["https://app.example/cb","javascript:alert(1)"]}""")]
    [InlineData("""{"redirect_uris":["https://app.example/cb#"]}""")]
    [InlineData("""{"redirect_uris":["https://a.example/1","https://a.example/2","https://a.example/3","https://a.example/4","https://a.example/5","https://a.example/6","https://a.example/7","https://a.example/8","https://a.example/9","https://a.example/10","https://a.example/11"]}""")]
    public async Task Bad_redirect_uris_are_refused_as_such(string body) => await ShouldBeRefusedAsync(body, "invalid_redirect_uri");

    [Theory]
    [InlineData("\"token_endpoint_auth_method\":\"private_key_jwt\"")]
    [InlineData("\"token_endpoint_auth_method\":5")]
    [InlineData("\"grant_types\":[\"implicit\"]")]
    [InlineData("\"grant_types\":[]")]
    [InlineData("\"grant_types\":\"authorization_code\"")]
    [InlineData("\"response_types\":[\"token\"]")]
    [InlineData("\"application_type\":\"desktop\"")]
    [InlineData("\"client_name\":7")]
    [InlineData("\"client_name\":\"\\ud800\"")]
    [InlineData("\"client_uri\":\"javascript:alert(1)\"")]
    [InlineData("\"logo_uri\":\"JaVaScRiPt:alert(1)\"")]
    [InlineData("\"tos_uri\":\" https://app.example\"")]
    [InlineData("\"policy_uri\":\"data:text/html,x\"")]
    [InlineData("\"policy_uri#fr\":\"vbscript:x\"")]
    [InlineData("\"jwks_uri\":\"file:///etc/passwd\"")]
    [InlineData("\"jwks_uri\":\"https://app.example/jwks\",\"jwks\":{\"keys\":[]}")]
    [InlineData("\"contacts\":\"a@b.example\"")]
    [InlineData("\"scope\":\"a\\\"b\"")]
    [InlineData("\"scope\":[\"a\"]")]
    public async Task Bad_metadata_is_refused_as_such(string member) => await ShouldBeRefusedAsync($"{{{Redirects},{member}}}", "invalid_client_metadata");

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"redirect_uris\":[\"https://a.example/cb\"],\"redirect_uris\":[\"https://b.example/cb\"]}")]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{} {}")]
    [InlineData("\uFEFF{}")]
    public async Task A_body_that_can_be_read_in_two_ways_is_refused(string body) => await ShouldBeRefusedAsync(body, "invalid_client_metadata");

    [Fact]
    public async Task A_body_that_is_not_utf8_is_refused()
    {
        var server = await shared.EmptiedAsync();
        using var content = new ByteArrayContent([.. "{\"client_name\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        (await server.Http.PostAsync("/register", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_beyond_20_kB_is_too_large()
    {
        var server = await shared.EmptiedAsync();
        (await RegisterAsync(server, $$"""{"a":"{{new string('x', 20 * 1024)}}"}""")).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        var server = await shared.EmptiedAsync();
        using var form = new StringContent($"{{{Redirects}}}", Encoding.UTF8, "text/plain");
        (await (await server.Http.PostAsync("/register", form)).ErrorAsync()).ShouldBe("invalid_client_metadata");
    }

    [Fact]
    public async Task Turned_off_it_is_neither_there_nor_advertised()
    {
        await using var server = await AuthServer.StartAsync(("Registration:Enabled", "false"));
        (await RegisterAsync(server, $"{{{Redirects}}}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var metadata = await (await server.Http.GetAsync("/.well-known/oauth-authorization-server")).JsonAsync();
        metadata.TryGetProperty("registration_endpoint", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unused_registration_is_purged_after_a_day_and_a_used_one_stays()
    {
        var server = await shared.EmptiedAsync();
        var person = await server.AddPersonAsync("user@app.example");
        await server.AddClientAsync("unused");
        await server.AddClientAsync("used");
        await server.AddClientAsync("configured", origin: global::AuthCore.Clients.ClientOrigin.Preregistered);
        await server.AddFamilyAsync("used", person.UserId());
        var purge = server.Get<IEnumerable<ICleanup>>().OfType<UnusedRegistrations>().Single();
        (await purge.PurgeAsync(CancellationToken.None)).ShouldBe(0);

        server.Time.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await purge.PurgeAsync(CancellationToken.None);
        await using var db = server.Read();
        (await db.Clients().Select(client => client.ClientId).OrderBy(id => id).ToListAsync()).ShouldBe(["configured", "used"]);
    }

    [Fact]
    public async Task What_was_purged_is_in_the_log_once()
    {
        var log = new RecordedLog();
        await using var server = await AuthServer.StartWithAsync(services => services.AddLogging(logging => logging.AddProvider(log)));
        await server.AddClientAsync("unused");
        server.Time.Leap(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await server.Get<IEnumerable<ICleanup>>().OfType<UnusedRegistrations>().Single().PurgeAsync(CancellationToken.None);
        log.Lines.Count(line => line.Contains("unused registrations were removed", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_registration_that_was_used_once_waits_for_an_answer_or_was_ended_is_kept()
    {
        var server = await shared.EmptiedAsync();
        var person = await server.AddPersonAsync("user@app.example");
        foreach (var id in new[] { "unused", "granted", "waiting", "ended" })
        {
            await server.AddClientAsync(id);
        }

        await server.WriteAsync(unit => unit.Db.Clients().Where(client => client.ClientId == "granted").ExecuteUpdateAsync(set => set.SetProperty(client => client.LastGrantedAt, unit.Now)));
        await server.WriteAsync(unit => unit.Db.Clients().Where(client => client.ClientId == "ended").ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));
        await server.CodeAsync(person, ("client_id", "waiting"));
        server.Time.Leap(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));

        await server.Get<IEnumerable<ICleanup>>().OfType<UnusedRegistrations>().Single().CleanAsync(CancellationToken.None);
        await using var db = server.Read();
        (await db.Clients().Select(client => client.ClientId).OrderBy(id => id).ToListAsync()).ShouldBe(["ended", "granted", "waiting"]);
    }

    private async Task ShouldBeRefusedAsync(string body, string error)
    {
        var server = await shared.EmptiedAsync();
        var answer = await RegisterAsync(server, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.ErrorAsync()).ShouldBe(error);
        await using var db = server.Read();
        (await db.Clients().AnyAsync()).ShouldBeFalse();
    }

    private static async Task<JsonElement> RegisteredAsync(AuthServer server, string body)
    {
        var answer = await RegisterAsync(server, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task<HttpResponseMessage> RegisterAsync(AuthServer server, string body)
    {
        using var content = new StringContent(body, new UTF8Encoding(false), "application/json");
        return await server.Http.PostAsync("/register", content);
    }

    private static string[] Texts(JsonElement client, string name) => [.. client.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
