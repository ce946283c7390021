using System.Security.Cryptography;
using AuthCore.Keys;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Keys;

public sealed class MasterKeyTests
{
    [Fact]
    public async Task It_is_made_on_the_first_run_for_its_owner_alone()
    {
        await using var server = await AuthServer.StartAsync();
        var file = Path.Combine(server.DataDirectory, "master.key");
        Convert.FromBase64String(await File.ReadAllTextAsync(file)).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Directory.GetFiles(server.DataDirectory, "*.partial").ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_kept_over_a_restart()
    {
        await using var before = await AuthServer.StartAsync();
        var derived = before.Get<MasterKey>().Derive("a purpose");
        var keyId = before.Get<KeyRing>().Signing.KeyId;
        await using var after = await before.RestartAsync();
        after.Get<MasterKey>().Derive("a purpose").ShouldBe(derived);
        after.Get<KeyRing>().Signing.KeyId.ShouldBe(keyId);
    }

    [Fact]
    public async Task A_key_from_the_configuration_leaves_no_file_behind()
    {
        var configured = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var server = await AuthServer.StartAsync(("Keys:MasterKey", configured));
        File.Exists(Path.Combine(server.DataDirectory, "master.key")).ShouldBeFalse();
        await using var after = await server.RestartAsync(("Keys:MasterKey", configured));
        after.Get<KeyRing>().Signing.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_wrong_key_refuses_to_start_and_says_what_to_do()
    {
        await using var server = await AuthServer.StartAsync();
        var problem = await Should.ThrowAsync<InvalidOperationException>(() =>
            server.RestartAsync(("Keys:MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));
        problem.Message.ShouldContain("another master key");
        problem.Message.ShouldContain("mcp-auth.db");
        problem.Message.ShouldContain("Put the master key that belongs to this database back");

        await using var right = await server.RestartAsync();
        right.Get<KeyRing>().Signing.ShouldNotBeNull("nothing was changed by the attempt");
    }

    [Theory]
    [InlineData("not base64 at all!")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_key_refuses_to_start_by_its_name_and_without_its_value(string configured)
    {
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => AuthServer.StartAsync(("Keys:MasterKey", configured)));
        problem.Message.ShouldBe("Keys:MasterKey: must hold exactly 32 bytes in base64.");
    }

    [Fact]
    public async Task A_damaged_key_file_refuses_to_start_by_its_path()
    {
        await using var server = await AuthServer.StartAsync();
        var file = Path.Combine(server.DataDirectory, "master.key");
        await File.WriteAllTextAsync(file, "damaged");
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => server.RestartAsync());
        problem.Message.ShouldBe($"{file}: must hold exactly 32 bytes in base64.");
    }

    [Fact]
    public async Task A_missing_key_file_refuses_to_start_on_a_database_that_needs_it_and_is_not_made_anew()
    {
        await using var server = await AuthServer.StartAsync();
        var file = Path.Combine(server.DataDirectory, "master.key");
        File.Delete(file);
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => server.RestartAsync());
        problem.Message.ShouldStartWith($"Keys: {file} is missing");
        File.Exists(file).ShouldBeFalse();
    }

    [Fact]
    public async Task What_it_sealed_opens_for_the_same_purpose_only_and_unaltered_only()
    {
        await using var server = await AuthServer.StartAsync();
        var master = server.Get<MasterKey>();
        var sealedBytes = master.Seal("one", "secret"u8);
        master.Open("one", sealedBytes).ShouldBe("secret"u8.ToArray());
        master.Seal("one", "secret"u8).ShouldNotBe(sealedBytes, "each has a nonce of its own");
        Should.Throw<CryptographicException>(() => master.Open("another", sealedBytes));
        for (var at = 0; at < sealedBytes.Length; at++)
        {
            var altered = sealedBytes.ToArray();
            altered[at] ^= 1;
            Should.Throw<CryptographicException>(() => master.Open("one", altered));
        }

        Should.Throw<CryptographicException>(() => master.Open("one", sealedBytes.AsSpan(0, 20)));
    }

    [Fact]
    public async Task No_private_key_stands_in_the_database()
    {
        await using var server = await AuthServer.StartAsync();
        await server.AddClientAsync();
        await server.TicketAsync();
        await using var db = server.Read();
        var key = await db.SigningKeys().SingleAsync();
        using var pair = ECDsa.Create();
        Should.Throw<CryptographicException>(() => pair.ImportPkcs8PrivateKey(key.SealedPrivateKey, out _));
        (await db.DataProtectionKeys().SingleAsync()).Xml.ShouldNotContain("<value>");
    }

    [Fact]
    public async Task Two_hosts_cannot_have_one_data_directory()
    {
        await using var server = await AuthServer.StartAsync();
        var problem = await Should.ThrowAsync<InvalidOperationException>(() => AuthServer.StartAsync(("DataDirectory", server.DataDirectory)));
        problem.Message.ShouldContain($"DataDirectory: {server.DataDirectory} is in use by another running host");
    }
}
