using AuthCore.Accounts;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.AuthCore.Users.Sessions;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Accounts;

public sealed class PasswordChangeTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private const string Next = "another horse entirely";

    private AuthServer _server = null!;
    private string _userId = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _userId = await _server.AddPersonWithPasswordAsync("ana@app.example", Password);
        await _server.AddClientAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Connections_end_and_the_stamp_is_new_with_the_password()
    {
        var token = _server.TokensOf(await _server.AddFamilyAsync("client-1", _userId)).AccessToken;
        var before = await RowAsync();
        var changed = (await ChangeAsync(Password, Next)).ShouldBeOfType<PasswordChangeOutcome.Changed>().User;

        _server.Accepts(token).ShouldBeFalse();
        changed.SecurityStamp.ShouldNotBe(before.SecurityStamp);
        changed.ConcurrencyStamp.ShouldNotBe(before.ConcurrencyStamp);
        (await ChangeAsync(Password, "a third horse here")).ShouldBeOfType<PasswordChangeOutcome.WrongPassword>();
        (await ChangeAsync(Next, Password)).ShouldBeOfType<PasswordChangeOutcome.Changed>();
    }

    [Fact]
    public async Task Every_session_of_before_ends_with_the_password()
    {
        var session = await _server.BeginAsync(await _server.SessionOfAsync(_userId));
        (await ChangeAsync(Password, Next)).ShouldBeOfType<PasswordChangeOutcome.Changed>();

        _server.IsAlive(session).ShouldBeFalse();
        (await _server.RowAsync(session)).EndedBy.ShouldBe(SessionEnd.PasswordChanged);
    }

    [Fact]
    public async Task All_of_it_or_nothing()
    {
        var family = await _server.AddFamilyAsync("client-1", _userId);
        var before = await RowAsync();
        await _server.WriteAsync(unit => unit.Db.Database.ExecuteSqlAsync(
            $"CREATE TRIGGER no_change BEFORE INSERT ON Facts WHEN NEW.Name = 'password.changed' BEGIN SELECT RAISE(ABORT, 'not now'); END"));

        await Should.ThrowAsync<DbUpdateException>(() => ChangeAsync(Password, Next));

        var after = await RowAsync();
        (after.PasswordHash, after.SecurityStamp).ShouldBe((before.PasswordHash, before.SecurityStamp));
        (await _server.ReloadAsync(family)).RevokedAt.ShouldBeNull();
        _server.Accepts(_server.TokensOf(family).AccessToken).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_changes_at_once_one_counts()
    {
        var outcomes = await AtOnce.RunAsync(4, index => ChangeAsync(Password, $"{Next} {index}"));
        outcomes.OfType<PasswordChangeOutcome.Changed>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Wrong_current_passwords_are_limited_as_at_sign_in()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            (await ChangeAsync("wrong", Next)).ShouldBeOfType<PasswordChangeOutcome.WrongPassword>();
        }

        (await ChangeAsync(Password, Next)).ShouldBeOfType<PasswordChangeOutcome.WrongPassword>();
    }

    [Fact]
    public async Task A_new_password_that_identity_does_not_take_is_refused_by_codes() =>
        (await ChangeAsync(Password, "short")).ShouldBeOfType<PasswordChangeOutcome.Refused>().Problems.ShouldContain(new AccountProblem(AccountProblemCode.PasswordTooShort, AtLeast: 12));

    private Task<PasswordChangeOutcome> ChangeAsync(string current, string password) =>
        _server.Get<IPasswordChange>().ChangeAsync(_userId, current, password, device: null);

    private async Task<AuthUser> RowAsync()
    {
        await using var db = _server.Read();
        return await db.Users().SingleAsync(user => user.Id == _userId);
    }
}
