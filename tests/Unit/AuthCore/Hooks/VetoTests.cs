using System.Net;
using System.Security.Claims;
using System.Text;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Consent;
using AuthCore.Grants;
using AuthCore.Hooks;
using AuthCore.Protocol;
using AuthCore.Registration;
using AuthCore.Token;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Hooks;

/// <summary>What the authorization server's three decisions answer when a hook refuses, and that nothing was written or spent by then.</summary>
public sealed class VetoTests : IAsyncLifetime
{
    private const string Registration = """{"redirect_uris":["http://127.0.0.1/callback"],"token_endpoint_auth_method":"none","client_name":"Inspector","scope":"read:secret"}""";

    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartWithAsync(services => services.AddDecisionHook<Decision, ScriptedVeto>());
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private ScriptedVeto Veto => _server.Get<ScriptedVeto>();

    [Fact]
    public async Task A_refused_registration_is_answered_access_denied_and_stores_nothing()
    {
        Veto.RefuseAll();
        await ShouldBeAsync(await RegisterAsync(), "The server does not allow this registration.");

        await using var db = _server.Read();
        (await db.Clients().CountAsync()).ShouldBe(1);
        (await db.RegistrationMinutes().AnyAsync()).ShouldBeFalse();
        var asked = Veto.Asked.ShouldHaveSingleItem().ShouldBeOfType<RegisteringClient>();
        (asked.Name, asked.RedirectUris.Single(), asked.AuthMethod, asked.ApplicationType, asked.Scope).ShouldBe(("Inspector", "http://127.0.0.1/callback", "none", "native", "read:secret"));
        (await VetoAsync()).ShouldBe(new DecisionVetoed("client.register", "registration", typeof(ScriptedVeto).FullName!, ScriptedVeto.Reason, null, null, 0));

        Veto.AllowAll();
        (await RegisterAsync()).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refused_consent_sends_access_denied_to_the_client_and_can_be_answered_again()
    {
        var ticket = await _server.BoundTicketAsync(_person);
        Veto.RefuseAll();
        var outcome = await _server.AnswerAsync(_person, ticket, allow: true, "read:secret");

        var sent = outcome.Query();
        sent.Keys.Order().ShouldBe(["error", "error_description", "iss", "state"]);
        (sent["error"], sent["error_description"], sent["iss"], sent["state"]).ShouldBe(("access_denied", "The server does not allow this.", AuthServer.Issuer, "state-1"));
        await using var db = _server.Read();
        (await db.Codes().AnyAsync()).ShouldBeFalse();
        (await db.AnsweredTickets().AnyAsync()).ShouldBeFalse();
        Veto.Asked.ShouldBe([new GrantingConsent(_person.UserId(), "client-1", ScopeSet.Of("read:secret"), "http://localhost/mcp", Authorizing.Callback)]);
        (await VetoAsync()).ShouldBe(
            new DecisionVetoed("consent.grant", "client-1", typeof(ScriptedVeto).FullName!, ScriptedVeto.Reason, "client-1", _person.UserId(), 0));

        Veto.AllowAll();
        (await _server.AnswerAsync(_person, ticket, allow: true, "read:secret")).Query().ShouldContainKey("code");
    }

    [Fact]
    public async Task Denying_is_not_asked_about()
    {
        Veto.RefuseAll();
        (await _server.AnswerAsync(_person, await _server.BoundTicketAsync(_person), allow: false)).Query()["error_description"].ShouldBe("The user denied the request.");
        Veto.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_code_is_not_spent()
    {
        var code = await _server.CodeAsync(_person);
        Veto.RefuseAll();
        await ShouldBeAsync(await _server.RedeemAsync(code), "The server does not allow this.");

        Veto.Asked.Last().ShouldBe(new IssuingTokens("authorization_code", "client-1", _person.UserId(), ScopeSet.Of("read:secret"), "http://localhost/mcp"));
        await using var db = _server.Read();
        (await db.Codes().SingleAsync()).RedeemedAt.ShouldBeNull();
        (await db.Families().AnyAsync()).ShouldBeFalse();
        (await VetoAsync()).ShouldBe(
            new DecisionVetoed("tokens.issue", "client-1", typeof(ScriptedVeto).FullName!, ScriptedVeto.Reason, "client-1", _person.UserId(), 0));

        Veto.AllowAll();
        await (await _server.RedeemAsync(code)).TokensAsync();
    }

    [Fact]
    public async Task A_refused_refresh_token_is_not_spent()
    {
        var tokens = await _server.ConnectAsync(_person);
        Veto.RefuseAll();
        await ShouldBeAsync(await _server.RefreshAsync(tokens.Refresh!), "The server does not allow this.");

        Veto.Asked.Last().ShouldBe(new IssuingTokens("refresh_token", "client-1", _person.UserId(), ScopeSet.Of("read:secret"), "http://localhost/mcp"));
        await using var db = _server.Read();
        var family = await db.Families().SingleAsync();
        (family.Generation, family.RevokedAt, family.ReuseMarks).ShouldBe((1, null, 0));

        // The access token that the client has is not touched either.
        _server.Accepts(tokens.Access).ShouldBeTrue();
        Veto.AllowAll();
        await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();
    }

    [Fact]
    public async Task The_same_answer_again_is_asked_about_too()
    {
        var tokens = await _server.ConnectAsync(_person);
        await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();
        Veto.RefuseAll();
        (await (await _server.RefreshAsync(tokens.Refresh!)).ErrorAsync()).ShouldBe("access_denied");
        Veto.AllowAll();
        await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();
    }

    [Fact]
    public async Task A_veto_does_not_hide_that_a_code_is_used_again()
    {
        var code = await _server.CodeAsync(_person);
        await (await _server.RedeemAsync(code)).TokensAsync();
        Veto.RefuseAll();
        (await (await _server.RedeemAsync(code)).ErrorAsync()).ShouldBe("invalid_grant");
        await ShouldBeRevokedAsync(RevocationReason.CodeReused);
    }

    [Fact]
    public async Task A_veto_does_not_hide_that_a_refresh_token_is_used_again()
    {
        var tokens = await _server.ConnectAsync(_person);
        await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();
        _server.Time.Advance(TimeSpan.FromHours(1));
        Veto.RefuseAll();
        (await (await _server.RefreshAsync(tokens.Refresh!)).ErrorAsync()).ShouldBe("invalid_grant");
        await ShouldBeRevokedAsync(RevocationReason.RefreshTokenReused);
    }

    [Theory]
    [InlineData("client_id", "client-2")]
    [InlineData("refresh_token", "mrt_unknown")]
    [InlineData("scope", "read:secret write")]
    public async Task What_is_refused_anyway_is_not_asked_about(string parameter, string value)
    {
        await _server.AddClientAsync("client-2");
        var tokens = await _server.ConnectAsync(_person);
        var asked = Veto.Asked.Count();
        Veto.RefuseAll();
        (await (await _server.RefreshAsync(tokens.Refresh!, (parameter, value))).ErrorAsync()).ShouldNotBe("access_denied");
        Veto.Asked.Count().ShouldBe(asked);
    }

    private static async Task ShouldBeAsync(HttpResponseMessage answer, string description)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"error":"access_denied","error_description":"{{description}}"}""");
    }

    private async Task ShouldBeRevokedAsync(RevocationReason reason)
    {
        await using var db = _server.Read();
        (await db.Families().SingleAsync()).RevocationReason.ShouldBe(reason);
    }

    private async Task<DecisionVetoed> VetoAsync()
    {
        await using var db = _server.Read();
        return _server.Get<FactCatalog>().Read(await db.Facts().SingleAsync(line => line.Name == "decision.vetoed")).ShouldBeOfType<DecisionVetoed>();
    }

    private Task<HttpResponseMessage> RegisterAsync() => _server.Http.PostAsync("/register", new StringContent(Registration, Encoding.UTF8, "application/json"));
}
