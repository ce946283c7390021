using AuthCore.Audit;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Users.Passwords;

public sealed class PasswordSignInTests : IAsyncLifetime
{
    private const string Email = "ana@app.example";
    private const string Password = "correct horse battery";

    private AuthServer _server = null!;
    private string _userId = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _userId = await _server.AddPersonWithPasswordAsync(Email, Password);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Wrong_passwords_count_and_the_right_one_ends_the_count()
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            (await TryAsync("wrong")).ShouldBeOfType<PasswordSignInOutcome.Refused>();
            (await RowAsync()).AccessFailedCount.ShouldBe(attempt);
        }

        (await TryAsync(Password)).ShouldBeOfType<PasswordSignInOutcome.Passed>().User.Id.ShouldBe(_userId);
        (await RowAsync()).AccessFailedCount.ShouldBe(0);
    }

    [Fact]
    public async Task After_ten_wrong_ones_the_right_one_is_refused_there_and_taken_elsewhere()
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await TryAsync("wrong");
        }

        (await TryAsync(Password)).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await TryAsync(Password, from: "192.0.2.9")).ShouldBeOfType<PasswordSignInOutcome.Passed>();
        _server.Time.Advance(TimeSpan.FromMinutes(5));
        (await TryAsync(Password)).ShouldBeOfType<PasswordSignInOutcome.Passed>();
    }

    [Fact]
    public async Task A_hundred_wrong_ones_from_everywhere_lock_the_account_but_not_a_known_device()
    {
        for (var attempt = 0; attempt < AccountLockout.Limit - 1; attempt++)
        {
            (await ReserveAsync()).ShouldBeTrue();
        }

        (await TryAsync("the hundredth")).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await AuditAsync()).ShouldBe(SignInRefusal.WrongPasswordAndLocked);
        (await TryAsync(Password, from: "192.0.2.9")).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await AuditAsync()).ShouldBe(SignInRefusal.Locked);
        (await ReserveAsync()).ShouldBeFalse();

        var device = new KnownDevice("device-1", _userId, (await RowAsync()).SecurityStamp!);
        (await TryAsync(Password, device: device)).ShouldBeOfType<PasswordSignInOutcome.Passed>();
        (await RowAsync()).LockoutEnd.ShouldNotBeNull("the attackers stay out");
        (await TryAsync(Password, device: device with { SecurityStamp = "of before" }, from: "192.0.2.9")).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await TryAsync(Password, device: device with { UserId = "another" }, from: "192.0.2.9")).ShouldBeOfType<PasswordSignInOutcome.Refused>();

        _server.Time.Advance(TimeSpan.FromMinutes(5));
        (await TryAsync(Password)).ShouldBeOfType<PasswordSignInOutcome.Passed>();
    }

    [Fact]
    public async Task A_known_device_has_ten_attempts_too_and_uses_up_none_of_others()
    {
        var device = new KnownDevice("device-1", _userId, (await RowAsync()).SecurityStamp!);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await TryAsync("wrong", device: device);
        }

        (await TryAsync(Password, device: device)).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await RowAsync()).AccessFailedCount.ShouldBe(0);
        (await TryAsync(Password)).ShouldBeOfType<PasswordSignInOutcome.Passed>();
    }

    [Fact]
    public async Task An_unknown_address_is_limited_like_a_known_one_and_costs_a_commit_as_well()
    {
        var before = await RoleStampAsync();
        (await TryAsync("wrong", "nobody@app.example")).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await RoleStampAsync()).ShouldNotBe(before);
        for (var attempt = 1; attempt < 10; attempt++)
        {
            await TryAsync("wrong", "nobody@app.example");
            (await AuditAsync()).ShouldBe(SignInRefusal.NoSuchAccount);
        }

        await TryAsync("wrong", "nobody@app.example");
        (await AuditAsync()).ShouldBe(SignInRefusal.TooManyWrongPasswords);
    }

    [Fact]
    public async Task A_disabled_person_and_one_without_a_password_are_refused()
    {
        await _server.AddPersonAsync("without@app.example");
        (await TryAsync(Password, "without@app.example")).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        await _server.WriteAsync(unit => unit.UpdateUsersAsync(user => user.Id == _userId, set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        (await TryAsync(Password)).ShouldBeOfType<PasswordSignInOutcome.Refused>();
        (await AuditAsync()).ShouldBe(SignInRefusal.Disabled);
        (await RowAsync()).AccessFailedCount.ShouldBe(0);
    }

    [Fact]
    public async Task Twenty_at_once_from_everywhere_are_all_counted()
    {
        (await AtOnce.RunAsync(20, _ => ReserveAsync())).ShouldAllBe(reserved => reserved);
        (await RowAsync()).AccessFailedCount.ShouldBe(20);
    }

    private Task<bool> ReserveAsync() => _server.WriteAsync(unit => AccountLockout.TryReserveAsync(unit, _userId, TimeSpan.FromMinutes(5)));

    private async Task<PasswordSignInOutcome> TryAsync(string password, string email = Email, KnownDevice? device = null, string from = "192.0.2.1")
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = System.Net.IPAddress.Parse(from);
        _server.Get<IHttpContextAccessor>().HttpContext = http;
        return await _server.Get<IPasswordSignIn>().TryAsync(email, password, device);
    }

    private async Task<AuthUser> RowAsync()
    {
        await using var db = _server.Read();
        return await db.Users().SingleAsync(user => user.Id == _userId);
    }

    private async Task<string?> RoleStampAsync()
    {
        await using var db = _server.Read();
        return await db.Roles().Where(role => role.Name == Roles.Viewer).Select(role => role.ConcurrencyStamp).SingleAsync();
    }

    private async Task<SignInRefusal> AuditAsync()
    {
        await using var db = _server.Read();
        var newest = await db.Facts().OrderByDescending(line => line.Sequence).FirstAsync();
        return _server.Get<FactCatalog>().Read(newest).ShouldBeOfType<SignInFailed>().Reason;
    }
}
