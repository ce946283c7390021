using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Users.Passwords;

public sealed class SignInAttemptsTests
{
    private static readonly SignInSource Here = new("ANA@APP.EXAMPLE", "192.0.2.1");

    private readonly ManualTime _time = new();
    private readonly SignInAttempts _attempts;

    public SignInAttemptsTests() => _attempts = new SignInAttempts(
        Options.Create(new IdentityOptions { Lockout = { MaxFailedAccessAttempts = 10, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5) } }), _time);

    [Fact]
    public async Task Of_many_at_once_exactly_as_many_as_the_limit_get_an_attempt()
    {
        var reserved = await AtOnce.RunAsync(64, _ => Task.FromResult(_attempts.TryReserve(Here)));
        reserved.Count(got => got).ShouldBe(10);
        _attempts.IsExhausted(Here).ShouldBeTrue();
    }

    [Fact]
    public void Another_address_account_or_device_has_attempts_of_its_own()
    {
        Exhaust(Here);
        _attempts.TryReserve(Here).ShouldBeFalse();
        _attempts.TryReserve(Here with { From = "192.0.2.2" }).ShouldBeTrue();
        _attempts.TryReserve(Here with { Account = "BOB@APP.EXAMPLE" }).ShouldBeTrue();
        _attempts.TryReserve(SignInSource.Of(Here.Account, new KnownDevice("device-1", "ana", "stamp"))).ShouldBeTrue();
    }

    [Fact]
    public void After_five_minutes_all_attempts_are_there_again_whatever_the_clock_was_set_to()
    {
        Exhaust(Here);
        _time.Advance(TimeSpan.FromMinutes(4.9));
        _attempts.TryReserve(Here).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(0.2));
        _attempts.IsExhausted(Here).ShouldBeFalse();
        Exhaust(Here);
    }

    [Fact]
    public void The_right_password_gives_every_attempt_back()
    {
        Exhaust(Here);
        _attempts.GiveBack(Here);
        Exhaust(Here);
    }

    [Fact]
    public void There_are_never_more_entries_than_there_is_room_for()
    {
        for (var number = 0; number < 100_000; number++)
        {
            _attempts.TryReserve(Here with { Account = number.ToString(System.Globalization.CultureInfo.InvariantCulture) }).ShouldBeTrue();
        }

        _attempts.TryReserve(Here).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMinutes(6));
        _attempts.TryReserve(Here).ShouldBeTrue();
    }

    private void Exhaust(SignInSource source)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            _attempts.TryReserve(source).ShouldBeTrue();
        }

        _attempts.TryReserve(source).ShouldBeFalse();
    }
}
