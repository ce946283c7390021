using AuthCore.Accounts;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Accounts;

public sealed class WrongSetupCodesTests
{
    private readonly ManualTime _time = new(DateTimeOffset.UtcNow);
    private readonly WrongSetupCodes _codes;

    public WrongSetupCodesTests() => _codes = new WrongSetupCodes(_time);

    [Fact]
    public void The_tenth_makes_its_address_wait_ten_minutes_and_no_other()
    {
        for (var guess = 1; guess <= 10; guess++)
        {
            _codes.WaitBefore("192.0.2.1").ShouldBeNull();
            _codes.Note("192.0.2.1").ShouldBe(guess == 10);
        }

        _codes.WaitBefore("192.0.2.1").ShouldBe(TimeSpan.FromMinutes(10));
        _codes.WaitBefore("192.0.2.2").ShouldBeNull();
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        _codes.WaitBefore("192.0.2.1").ShouldBe(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        _codes.WaitBefore("192.0.2.1").ShouldBeNull();
        _codes.Note("192.0.2.1").ShouldBeFalse("it begins anew");
    }

    [Fact]
    public void A_flood_of_addresses_takes_no_more_room_than_a_thousand()
    {
        for (var address = 0; address < 3 * WrongSetupCodes.MaxAddresses; address++)
        {
            _codes.Note($"2001:db8:0:{address:x}::/64");
        }

        _codes.Count.ShouldBe(WrongSetupCodes.MaxAddresses);
    }
}
