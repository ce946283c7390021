using AuthCore.Keys;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Keys;

public sealed class KeyRingTests
{
    [Fact]
    public async Task A_retired_key_signs_no_more_but_its_tokens_are_good_until_they_expire()
    {
        await using var before = await AuthServer.StartAsync();
        await before.AddClientAsync();
        var person = await before.AddPersonAsync("ana@example.org");
        var token = (await before.ConnectAsync(person)).Access;
        var retired = before.Get<KeyRing>().Signing.KeyId;
        await before.WriteAsync(unit => unit.Db.SigningKeys().ExecuteUpdateAsync(set => set.SetProperty(key => key.RetiredAt, unit.Now)));

        await using var after = await before.RestartAsync();

        after.Get<KeyRing>().Signing.KeyId.ShouldNotBe(retired);
        after.Get<KeyRing>().PublicKeys.Select(key => key.Kid).ShouldContain(retired);
        after.Accepts(token).ShouldBeTrue();
        after.Accepts((await after.ConnectAsync(person)).Access).ShouldBeTrue();
    }
}
