using System.Net;
using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Clients;
using AuthCore.Consent;
using AuthCore.Grants;
using AuthCore.Revocation;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>What ends somebody's access ends the code that is on its way to a client, and a session of before grants nothing any more.</summary>
public sealed class InvalidatedCodeTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private AuthServer _server = null!;
    private ClaimsPrincipal _administrator = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        await _server.AddClientAsync();
        _administrator = await _server.AddPersonAsync("admin@app.example", Roles.Administrator);
        _person = await _server.SessionOfAsync(await _server.AddPersonWithPasswordAsync("ana@app.example", Password));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("password")]
    [InlineData("person disabled and enabled")]
    [InlineData("client disabled and enabled")]
    [InlineData("connections by operator")]
    [InlineData("connections by person")]
    public async Task A_code_of_before_is_not_redeemed(string what)
    {
        var code = await _server.CodeAsync(_person);
        await EndAsync(what);
        var answer = await _server.RedeemAsync(code);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).ShouldBe("invalid_grant");
        await using var db = _server.Read();
        (await db.Families().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Codes_of_others_are_left_alone()
    {
        await _server.AddClientAsync("client-2");
        var theirs = await _server.CodeAsync(_administrator);
        await EndAsync("connections by person");
        (await _server.RedeemAsync(theirs)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var another = await _server.CodeAsync(_person, ("client_id", "client-2"));
        await EndAsync("client disabled and enabled");
        (await _server.RedeemAsync(another, ("client_id", "client-2"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_of_before_the_change_grants_nothing_and_a_new_one_answers_the_same_request()
    {
        var ticket = await _server.BoundTicketAsync(_person);
        await EndAsync("password");
        (await _server.AnswerAsync(_person, ticket, true, "read:secret")).ShouldBeOfType<ConsentOutcome.SignInFirst>();
        await using (var db = _server.Read())
        {
            (await db.Codes().AnyAsync()).ShouldBeFalse();
        }

        var again = await _server.SessionOfAsync(_person.UserId());
        (await _server.AnswerAsync(again, ticket, true, "read:secret")).Query().ShouldContainKey("code");
    }

    [Fact]
    public async Task A_session_without_a_stamp_grants_nothing()
    {
        var bare = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, _person.UserId())], "cookie"));
        (await _server.AnswerAsync(bare, await _server.BoundTicketAsync(bare), true, "read:secret")).ShouldBeOfType<ConsentOutcome.SignInFirst>();
    }

    [Fact]
    public async Task A_family_that_outlived_the_disabling_of_its_person_is_not_refreshed()
    {
        var tokens = await _server.ConnectAsync(_person);
        await _server.WriteAsync(unit => unit.UpdateUsersAsync(user => user.Id == _person.UserId(), set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        var answer = await _server.RefreshAsync(tokens.Refresh!);
        (await answer.ErrorAsync()).ShouldBe("invalid_grant");
        (await answer.JsonAsync()).GetProperty("error_description").GetString().ShouldBe("The refresh token is not valid.");
    }

    private async Task EndAsync(string what)
    {
        var (people, revocations) = (_server.Get<IUserDirectory>(), _server.Get<IRevocationService>());
        var userId = _person.UserId();
        switch (what)
        {
            case "password":
                (await _server.Get<IPasswordChange>().ChangeAsync(userId, Password, "another horse entirely", device: null)).ShouldBeOfType<PasswordChangeOutcome.Changed>();
                break;
            case "person disabled and enabled":
                await people.SetDisabledAsync(_administrator, userId, disabled: true);
                await people.SetDisabledAsync(_administrator, userId, disabled: false);
                break;
            case "client disabled and enabled":
                await revocations.RevokeAsync(_administrator, new RevocationTarget.Client("client-1"));
                (await _server.Get<IClientDirectory>().EnableAsync(_administrator, "client-1")).ShouldBeTrue();
                break;
            case "connections by operator":
                await revocations.RevokeAsync(_administrator, new RevocationTarget.ConnectionsOf(userId));
                break;
            default:
                await revocations.RevokeAsync(_person, new RevocationTarget.ConnectionsOf(userId));
                break;
        }
    }
}
