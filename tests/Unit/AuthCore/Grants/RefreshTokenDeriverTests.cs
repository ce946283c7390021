using System.Security.Cryptography;
using System.Text;
using AuthCore.Grants;
using AuthCore.Keys;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Grants;

/// <summary>A refresh token is made of something in the database and something outside it: neither leak alone makes one.</summary>
public sealed class RefreshTokenDeriverTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private TokenFamily _family = null!;
    private string _token = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        await _server.AddClientAsync();
        var person = await _server.AddPersonAsync("ana@example.org");
        _token = (await _server.ConnectAsync(person)).Refresh!;
        await using var db = _server.Read();
        _family = await db.Families().SingleAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void The_same_generation_gives_the_same_token_and_every_other_another()
    {
        var deriver = _server.Get<RefreshTokenDeriver>();
        deriver.Derive(_family, 1).Reveal().ShouldBe(_token);
        Enumerable.Range(1, 1000).Select(generation => deriver.Derive(_family, generation).Reveal()).Distinct().Count().ShouldBe(1000);
    }

    [Fact]
    public async Task The_database_without_the_master_key_is_not_enough_to_make_a_token()
    {
        // Another host on a copy of the database: the same rows, a master key of its own.
        await using var another = await AuthServer.StartAsync();
        await RefusedAsync(another.Get<RefreshTokenDeriver>().Derive(_family, 1));

        // Or the plain HMAC that the stored secret would give without the master key.
        await RefusedAsync(new RefreshToken(_family.FamilyId, 1, HMACSHA256.HashData(_family.Secret, Encoding.UTF8.GetBytes($"{_family.FamilyId}/1/{_family.ClientId}"))));
    }

    [Fact]
    public async Task A_spent_token_cannot_be_made_into_the_newest_by_another_number()
    {
        (await _server.RefreshAsync(_token)).EnsureSuccessStatusCode();
        var authenticator = System.Buffers.Text.Base64Url.DecodeFromChars(_token.AsSpan(4))[20..];
        var answer = await _server.RefreshAsync(new RefreshToken(_family.FamilyId, 2, authenticator).Reveal());
        (await answer.ErrorAsync()).ShouldBe("invalid_grant");
        var family = await _server.ReloadAsync(_family);
        (family.Generation, family.RevokedAt).ShouldBe((2, null));
    }

    [Fact]
    public async Task The_master_key_without_the_database_is_not_enough_to_make_a_token()
    {
        var guessed = await _server.AddFamilyAsync("client-1", _family.Subject);
        await RefusedAsync(WithFamilyOf(_server.Get<RefreshTokenDeriver>().Derive(guessed, 1)));
        await RefusedAsync(new RefreshToken(_family.FamilyId, 1, _server.Get<MasterKey>().Derive("refresh-token")));
    }

    [Fact]
    public async Task A_token_is_nowhere_in_the_files_that_the_host_writes()
    {
        await _server.RefreshAsync(_token);
        var needles = new[] { _token, _server.Get<RefreshTokenDeriver>().Derive(_family, 2).Reveal() };
        foreach (var file in Directory.GetFiles(_server.DataDirectory).Where(file => Path.GetExtension(file) != ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var content = await reader.ReadToEndAsync();
            foreach (var needle in needles)
            {
                content.ShouldNotContain(needle);
                content.ShouldNotContain(needle[30..]);
            }
        }
    }

    [Fact]
    public void A_token_does_not_print_itself()
    {
        RefreshToken.TryParse(_token, out var parsed).ShouldBeTrue();
        parsed.Value.ToString().ShouldNotContain(_token[30..]);
    }

    private RefreshToken WithFamilyOf(RefreshToken other)
    {
        // The wire form begins with the family; put ours there and keep the rest.
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(other.Reveal().AsSpan(4));
        return new RefreshToken(_family.FamilyId, 1, bytes[20..]);
    }

    private async Task RefusedAsync(RefreshToken forged)
    {
        (await (await _server.RefreshAsync(forged.Reveal())).ErrorAsync()).ShouldBe("invalid_grant");
        (await _server.ReloadAsync(_family)).RevokedAt.ShouldBeNull("a forgery is no reuse");
        (await _server.ReloadAsync(_family)).Generation.ShouldBe(1);
    }
}
