using System.Net;
using AuthCore.Clients;
using AuthCore.Hosting;
using AuthCore.Registration;
using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Registration;

public class PreregisteredClientsTests
{
    private const string Secret = "a-secret-that-is-long-enough-0123456789";

    [Fact]
    public async Task A_configured_client_is_there_at_start_with_its_secret_as_a_hash()
    {
        await using var server = await AuthServer.StartAsync(
            ("Clients:0:ClientId", "backend"), ("Clients:0:Name", "Backend"), ("Clients:0:Secret", Secret), ("Clients:0:AuthMethod", "client_secret_post"));
        await using var db = server.Read();
        var client = await db.Clients().SingleAsync();
        client.Origin.ShouldBe(ClientOrigin.Preregistered);
        client.SecretHash.ShouldNotBe(Secret);
        client.GrantTypes.ShouldBeEmpty();
        var answer = await server.PostFormAsync("/introspect", ("client_id", "backend"), ("client_secret", Secret), ("token", "x"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_with_redirect_uris_has_the_grant_types_that_it_names_and_otherwise_the_default()
    {
        (string, string?)[] settings = [("Clients:0:ClientId", "app"), ("Clients:0:Name", "App"), ("Clients:0:RedirectUris:0", "https://app.example/cb")];
        await using var before = await AuthServer.StartAsync([.. settings, ("Clients:0:GrantTypes:0", "authorization_code")]);
        await using (var db = before.Read())
        {
            (await db.Clients().SingleAsync()).GrantTypes.ShouldBe(["authorization_code"]);
        }

        await using var after = await before.RestartAsync(settings);
        await using var later = after.Read();
        (await later.Clients().SingleAsync()).GrantTypes.ShouldBe(["authorization_code", "refresh_token"]);
    }

    [Fact]
    public async Task One_that_is_taken_out_is_ended_at_the_next_start_and_changes_are_taken_over()
    {
        await using var server = await AuthServer.StartAsync(
            ("Clients:0:ClientId", "kept"), ("Clients:0:Name", "Kept"), ("Clients:1:ClientId", "gone"), ("Clients:1:Name", "Gone"),
            ("Clients:1:RedirectUris:0", "https://app.example/cb"));
        var person = await server.AddPersonAsync("p@app.example");
        var token = server.TokensOf(await server.AddFamilyAsync("gone", person.UserId())).AccessToken;
        var options = server.Get<IOptions<PreregisteredClientOptions>>().Value;
        options.Clients.RemoveAt(1);
        options.Clients[0].Name = "Renamed";

        await server.Get<IEnumerable<IStorageParticipant>>().OfType<PreregisteredClients>().Single().StartAsync(server.Get<IWriteLane>(), CancellationToken.None);

        await using var db = server.Read();
        (await db.Clients().SingleAsync(client => client.ClientId == "gone")).DisabledAt.ShouldNotBeNull();
        (await db.Clients().SingleAsync(client => client.ClientId == "kept")).Name.ShouldBe("Renamed");
        server.Accepts(token).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_an_operator_ended_stays_ended_over_a_restart()
    {
        (string, string?)[] settings = [("Clients:0:ClientId", "backend"), ("Clients:0:Name", "Backend")];
        await using var before = await AuthServer.StartAsync(settings);
        await before.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));
        await using var after = await before.RestartAsync(settings);
        await using var db = after.Read();
        (await db.Clients().SingleAsync()).DisabledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_identifier_of_a_client_that_registered_itself_is_not_taken_over()
    {
        await using var before = await AuthServer.StartAsync();
        await before.AddClientAsync("taken");
        var problem = await Should.ThrowAsync<BrokenSetupException>(() => before.RestartAsync(("Clients:0:ClientId", "taken"), ("Clients:0:Name", "Backend")));
        problem.Message.ShouldContain("'taken' belongs to a client that registered itself");
    }

    [Theory]
    [InlineData("ClientId", "has space", "Clients:0:ClientId")]
    [InlineData("Name", "", "Clients:0:Name")]
    [InlineData("Secret", "short", "Clients:0:Secret")]
    [InlineData("AuthMethod", "client_secret_basic", "Clients:0:AuthMethod")]
    [InlineData("RedirectUris:0", "http://app.example/cb", "Clients:0:RedirectUris")]
    [InlineData("Scope", "unknown", "Clients:0:Scope")]
    [InlineData("GrantTypes:0", "password", "Clients:0:GrantTypes")]
    [InlineData("GrantTypes:0", "authorization_code", "Clients:0:GrantTypes: authorization_code needs RedirectUris")]
    public async Task A_wrong_one_refuses_to_start_and_names_its_key(string key, string value, string named)
    {
        var settings = new Dictionary<string, string?> { ["Clients:0:ClientId"] = "backend", ["Clients:0:Name"] = "Backend", [$"Clients:0:{key}"] = value };
        var failure = await Should.ThrowAsync<OptionsValidationException>(() =>
            AuthServer.StartAsync([.. settings.Select(setting => (setting.Key, setting.Value))]));
        failure.Failures.ShouldContain(problem => problem.StartsWith(named, StringComparison.Ordinal));
    }
}
