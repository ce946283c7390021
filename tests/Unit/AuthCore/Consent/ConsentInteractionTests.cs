using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Authorize;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Consent;
using AuthCore.Database;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using UnitTests.AuthCore.TestKit;
using UnitTests.AuthCore.Users.Sessions;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Consent;

public sealed class ConsentInteractionTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>, IAsyncLifetime
{
    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await shared.EmptiedAsync();
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact, Spec("RFC 6749 §4.1.2"), Spec("RFC 9207 §2")]
    public async Task Allowing_sends_a_code_the_state_and_the_issuer_to_the_client()
    {
        var outcome = await AllowAsync(await _server.BoundTicketAsync(_person), "read:secret");
        outcome.Query().Keys.Order().ShouldBe(["code", "iss", "state"]);
        outcome.Query()["iss"].ShouldBe(AuthServer.Issuer);
        outcome.Query()["state"].ShouldBe("state-1");
    }

    [Fact, Spec("RFC 6749 §4.1.2.1"), Spec("RFC 9207 §2")]
    public async Task Denying_sends_access_denied_the_state_and_the_issuer_and_stores_no_code()
    {
        var outcome = await _server.AnswerAsync(_person, await _server.BoundTicketAsync(_person), allow: false, "read:secret");
        outcome.Query()["error"].ShouldBe("access_denied");
        outcome.Query()["state"].ShouldBe("state-1");
        outcome.Query()["iss"].ShouldBe(AuthServer.Issuer);
        (await CodesAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(true, "consent.allowed")]
    [InlineData(false, "consent.denied")]
    public async Task An_answer_is_in_the_audit_trail(bool allow, string name)
    {
        await _server.AnswerAsync(_person, await _server.BoundTicketAsync(_person), allow, "read:secret");
        await using var db = _server.Read();
        var line = await db.Facts().SingleAsync();
        (line.Name, line.Actor, line.Subject, _server.Get<FactCatalog>().Read(line)).ShouldBe(
            (name, _person.UserId(), "client-1", allow ? new ConsentAllowed(_person.UserId(), "client-1", "read:secret", "http://localhost/mcp") : new ConsentDenied(_person.UserId(), "client-1")));
    }

    [Fact]
    public async Task A_request_without_state_is_answered_without_one()
    {
        var outcome = await AllowAsync(await _server.BoundTicketAsync(_person, ("state", null)), "read:secret");
        outcome.Query().Keys.Order().ShouldBe(["code", "iss"]);
    }

    [Fact]
    public async Task A_query_in_the_redirect_uri_is_kept_as_it_was_written()
    {
        const string Registered = "https://app.example/cb?keep=%7e&b";
        await _server.WriteAsync(async unit =>
        {
            (await unit.Db.Clients().SingleAsync()).RedirectUris = [Registered];
            return await unit.Db.SaveChangesAsync();
        });
        var outcome = await AllowAsync(await _server.BoundTicketAsync(_person, ("redirect_uri", Registered)), "read:secret");
        outcome.ShouldBeOfType<ConsentOutcome.Redirect>().Location.OriginalString.ShouldStartWith(Registered + "&code=");
    }

    [Fact, Spec("RFC 6749 §3.3")]
    public async Task Only_what_was_ticked_is_granted()
    {
        var code = (await AllowAsync(await _server.BoundTicketAsync(_person, ("scope", "read:secret write")), "write")).Query()["code"];
        (await (await _server.RedeemAsync(code!)).TokensAsync()).Scope.ShouldBe("write");
    }

    [Fact]
    public async Task What_was_not_asked_is_not_granted_although_it_was_ticked()
    {
        var code = (await AllowAsync(await _server.BoundTicketAsync(_person), "read:secret", "write", "hidden", "no scope at all")).Query()["code"];
        (await (await _server.RedeemAsync(code!)).TokensAsync()).Scope.ShouldBe("read:secret");
    }

    [Fact]
    public async Task Allowing_nothing_asks_again_and_spends_nothing()
    {
        var ticket = await _server.BoundTicketAsync(_person);
        (await AllowAsync(ticket)).ShouldBeOfType<ConsentOutcome.NothingChosen>();
        (await AllowAsync(ticket, "write")).ShouldBeOfType<ConsentOutcome.NothingChosen>();
        (await CodesAsync()).ShouldBe(0);
        (await AllowAsync(ticket, "read:secret")).ShouldBeOfType<ConsentOutcome.Redirect>();
    }

    [Fact]
    public async Task A_required_scope_is_granted_with_every_other()
    {
        await using var server = await AuthServer.StartWithAsync(new ScopeDefinition("account", "Know you", "", ScopeRisk.Read, Required: true));
        await server.AddClientAsync();
        var person = await server.AddPersonAsync("ana@example.org");
        var outcome = await server.AnswerAsync(person, await server.BoundTicketAsync(person, ("scope", "account read:secret write")), true, "write");
        (await (await server.RedeemAsync(outcome.Query()["code"]!)).TokensAsync()).Scope.ShouldBe("account write");

        // And it is not slipped in where it was not asked for.
        outcome = await server.AnswerAsync(person, await server.BoundTicketAsync(person, ("scope", "write")), true, "write");
        (await (await server.RedeemAsync(outcome.Query()["code"]!)).TokensAsync()).Scope.ShouldBe("write");
    }

    [Fact]
    public async Task A_person_who_does_not_allow_offline_access_gives_no_refresh_token()
    {
        const string Asked = "read:secret offline_access";
        var without = (await AllowAsync(await _server.BoundTicketAsync(_person, ("scope", Asked)), "read:secret")).Query()["code"];
        (await (await _server.RedeemAsync(without!)).TokensAsync()).Refresh.ShouldBeNull();

        var with = (await AllowAsync(await _server.BoundTicketAsync(_person, ("scope", Asked)), "read:secret", "offline_access")).Query()["code"];
        (await (await _server.RedeemAsync(with!)).TokensAsync()).Refresh.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_ticket_is_answered_once_whatever_the_first_answer_was()
    {
        var ticket = await _server.TicketAsync();
        var bound = await BindAsync(ticket);
        await _server.AnswerAsync(_person, bound, allow: false);

        (await AllowAsync(bound, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();
        (await _server.Get<IConsentInteraction>().OpenAsync(ticket, _person)).ShouldBeOfType<ConsentOpening.Expired>();
        (await CodesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Two_tabs_of_two_requests_can_both_be_answered()
    {
        var one = await _server.BoundTicketAsync(_person);
        var two = await _server.BoundTicketAsync(_person);
        (await AllowAsync(one, "read:secret")).ShouldBeOfType<ConsentOutcome.Redirect>();
        (await AllowAsync(two, "read:secret")).ShouldBeOfType<ConsentOutcome.Redirect>();
    }

    [Fact]
    public async Task A_ticket_that_was_altered_or_made_elsewhere_opens_nothing()
    {
        var ticket = await _server.TicketAsync();
        for (var at = 0; at < ticket.Length - 1; at += 7)
        {
            var altered = $"{ticket[..at]}{(ticket[at] == 'A' ? 'B' : 'A')}{ticket[(at + 1)..]}";
            (await _server.Get<IConsentInteraction>().OpenAsync(altered, _person)).ShouldBeOfType<ConsentOpening.Expired>();
            (await AllowAsync(altered, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();
        }

        await using var elsewhere = await AuthServer.StartAsync();
        await elsewhere.AddClientAsync();
        (await _server.Get<IConsentInteraction>().OpenAsync(await elsewhere.TicketAsync(), _person)).ShouldBeOfType<ConsentOpening.Expired>();
        foreach (var nonsense in new[] { "", " ", "AAAA", "%", new string('A', 5000) })
        {
            (await _server.Get<IConsentInteraction>().OpenAsync(nonsense, _person)).ShouldBeOfType<ConsentOpening.Expired>();
            (await _server.Get<IConsentInteraction>().WhoAsksAsync(nonsense)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_ticket_expires()
    {
        var ticket = await _server.TicketAsync();
        var bound = await BindAsync(ticket);
        _server.Time.Advance(TimeSpan.FromMinutes(10));
        (await _server.Get<IConsentInteraction>().OpenAsync(ticket, _person)).ShouldBeOfType<ConsentOpening.Expired>();
        (await AllowAsync(bound, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();
    }

    [Fact]
    public async Task Binding_a_ticket_to_a_person_gives_it_no_longer_life()
    {
        var ticket = await _server.TicketAsync();
        _server.Time.Advance(TimeSpan.FromMinutes(9));
        var bound = await BindAsync(ticket);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        (await AllowAsync(bound, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();
    }

    [Fact]
    public async Task A_ticket_that_was_not_shown_to_anybody_cannot_be_answered() =>
        (await AllowAsync(await _server.TicketAsync(), "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();

    [Fact]
    public async Task Another_person_than_the_one_who_was_asked_grants_nothing_and_spends_nothing()
    {
        var other = await _server.AddPersonAsync("otto@example.org");
        var bound = await _server.BoundTicketAsync(_person);
        (await _server.AnswerAsync(other, bound, true, "read:secret")).ShouldBeOfType<ConsentOutcome.SomebodyElse>();
        (await _server.AnswerAsync(new ClaimsPrincipal(new ClaimsIdentity()), bound, true, "read:secret")).ShouldBeOfType<ConsentOutcome.SomebodyElse>();
        (await CodesAsync()).ShouldBe(0);
        (await AllowAsync(bound, "read:secret")).ShouldBeOfType<ConsentOutcome.Redirect>();
    }

    [Fact]
    public async Task No_person_is_asked_before_they_have_signed_in() =>
        (await _server.Get<IConsentInteraction>().OpenAsync(await _server.TicketAsync(), new ClaimsPrincipal(new ClaimsIdentity()))).ShouldBeOfType<ConsentOpening.SignInFirst>();

    [Theory, Spec("OpenID Connect Core §3.1.2.1"), InlineData("prompt", "login"), InlineData("max_age", "60")]
    public async Task A_sign_in_that_is_too_old_for_the_request_is_not_enough(string name, string value)
    {
        var signedInAt = _server.Time.GetUtcNow();
        _server.Time.Advance(TimeSpan.FromMinutes(2));
        var ticket = await _server.TicketAsync((name, value));
        (await _server.Get<IConsentInteraction>().OpenAsync(ticket, SignedIn(signedInAt))).ShouldBeOfType<ConsentOpening.SignInFirst>();
        (await _server.Get<IConsentInteraction>().OpenAsync(ticket, _person)).ShouldBeOfType<ConsentOpening.SignInFirst>("a session that does not say when is old");

        var fresh = SignedIn(_server.Time.GetUtcNow());
        var bound = (await _server.Get<IConsentInteraction>().OpenAsync(ticket, fresh)).ShouldBeOfType<ConsentOpening.Ready>().Request.BoundTicket;
        (await _server.AnswerAsync(SignedIn(signedInAt), bound, true, "read:secret")).ShouldBeOfType<ConsentOutcome.SomebodyElse>();
        (await _server.AnswerAsync(fresh, bound, true, "read:secret")).ShouldBeOfType<ConsentOutcome.Redirect>();
    }

    [Fact]
    public async Task A_client_that_is_turned_off_between_page_and_answer_gets_nothing()
    {
        var bound = await _server.BoundTicketAsync(_person);
        await _server.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.DisabledAt, unit.Now)));
        (await AllowAsync(bound, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();
        (await CodesAsync()).ShouldBe(0);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_session_that_is_no_longer_the_persons_grants_nothing(bool signedOut)
    {
        var person = await _server.BeginAsync(_person);
        var ticket = await _server.BoundTicketAsync(person);
        await (signedOut
            ? _server.Sessions().EndAsync(person, SessionEnd.SignedOut)
            : _server.WriteAsync(unit => unit.UpdateUsersAsync(user => user.Id == person.UserId(), set => set.RenewSecurityStamp())));

        (await _server.AnswerAsync(person, ticket, allow: true, "read:secret")).ShouldBeOfType<ConsentOutcome.SignInFirst>();
        (await CodesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_person_who_is_disabled_between_page_and_answer_grants_nothing()
    {
        var bound = await _server.BoundTicketAsync(_person);
        await _server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        (await AllowAsync(bound, "read:secret")).Query()["error"].ShouldBe("access_denied");
        (await CodesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_for_a_while_does_not_let_a_page_be_answered_again()
    {
        var bound = await _server.BoundTicketAsync(_person);
        (await AllowAsync(bound, "read:secret")).Query().Keys.ShouldContain("code");

        _server.Time.RunAhead(TimeSpan.FromHours(12));
        await _server.Get<IEnumerable<IHostedService>>().OfType<Cleaner>().Single().CleanAsync(CancellationToken.None);
        _server.Time.RunAhead(TimeSpan.Zero);

        (await AllowAsync(bound, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();
    }

    [Fact]
    public async Task The_page_says_who_asks_where_the_answer_goes_and_for_how_long()
    {
        await _server.WriteAsync(unit => unit.Db.Clients().ExecuteUpdateAsync(set => set.SetProperty(client => client.Name, "Claude\u202e Code\r\n<b>")));
        var opening = await _server.Get<IConsentInteraction>().OpenAsync(await _server.TicketAsync(("redirect_uri", "http://127.0.0.1:53412/callback")), _person);
        var request = opening.ShouldBeOfType<ConsentOpening.Ready>().Request;
        request.Client.Name.ShouldBe(new ClientName("Claude Code <b>", NameWarnings.SaysItIsKnown | NameWarnings.HidesCharacters, "Claude"));
        request.Client.Origin.ShouldBe(ClientOrigin.Dynamic);
        request.Destination.ShouldBe(new AnswerDestination(DestinationKind.ThisComputer, "127.0.0.1:53412"));
        request.AccessTokenLifetime.ShouldBe(TimeSpan.FromMinutes(5));
        request.ConnectionLifetime.ShouldBe(TimeSpan.FromDays(30));
    }

    private ClaimsPrincipal SignedIn(DateTimeOffset at) => new(new ClaimsIdentity(
        [.. _person.Claims, new Claim("auth_time", at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))], "cookie"));

    private async Task<string> BindAsync(string ticket) =>
        (await _server.Get<IConsentInteraction>().OpenAsync(ticket, _person)).ShouldBeOfType<ConsentOpening.Ready>().Request.BoundTicket;

    private Task<ConsentOutcome> AllowAsync(string boundTicket, params string[] scopes) => _server.AnswerAsync(_person, boundTicket, true, scopes);

    private async Task<int> CodesAsync()
    {
        await using var db = _server.Read();
        return await db.Codes().CountAsync();
    }
}
