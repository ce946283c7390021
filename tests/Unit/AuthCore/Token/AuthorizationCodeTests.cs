using System.Net;
using System.Security.Claims;
using AuthCore.Grants;
using AuthCore.Protocol;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>What a code is bound to, and what spends it.</summary>
public sealed class AuthorizationCodeTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>, IAsyncLifetime
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

    [Fact, Spec("RFC 6749 §4.1.4"), Spec("RFC 6749 §5.1")]
    public async Task A_code_becomes_tokens_that_no_cache_may_keep()
    {
        var answer = await _server.RedeemAsync(await _server.CodeAsync(_person));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Pragma.ToString().ShouldBe("no-cache");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var json = await answer.JsonAsync();
        json.GetProperty("token_type").GetString().ShouldBe("Bearer");
        json.GetProperty("expires_in").GetInt64().ShouldBe(300);
        json.GetProperty("scope").GetString().ShouldBe("read:secret");
        _server.Accepts(json.GetProperty("access_token").GetString()!).ShouldBeTrue();
    }

    [Fact, Spec("RFC 6749 §4.1.2"), Spec("RFC 6749 §10.5")]
    public async Task A_code_that_is_used_again_ends_what_it_made()
    {
        var code = await _server.CodeAsync(_person);
        var tokens = await (await _server.RedeemAsync(code)).TokensAsync();
        _server.Time.Advance(TimeSpan.FromHours(1));
        var refreshed = await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();

        await RefusedAsync(code, "invalid_grant");

        _server.Accepts(refreshed.Access).ShouldBeFalse();
        (await _server.RefreshAsync(refreshed.Refresh!)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await TheFamilyAsync())!.RevocationReason.ShouldBe(RevocationReason.CodeReused);
    }

    [Fact, Spec("RFC 6749 §4.1.2")]
    public async Task A_code_of_a_clock_that_ran_ahead_does_not_live_until_the_clock_gets_there()
    {
        _server.Time.RunAhead(TimeSpan.FromHours(24));
        var code = await _server.CodeAsync(_person);
        _server.Time.RunAhead(TimeSpan.Zero);
        await RefusedAsync(code, "invalid_grant");
    }

    [Fact, Spec("RFC 6749 §4.1.3")]
    public async Task Another_client_can_neither_use_nor_spend_a_code_nor_end_what_it_made()
    {
        await _server.AddClientAsync("client-2");
        var code = await _server.CodeAsync(_person);
        await RefusedAsync(code, "invalid_grant", ("client_id", "client-2"));
        var tokens = await (await _server.RedeemAsync(code)).TokensAsync();
        await RefusedAsync(code, "invalid_grant", ("client_id", "client-2"));
        _server.Accepts(tokens.Access).ShouldBeTrue();
    }

    [Theory, Spec("RFC 6749 §4.1.3")]
    [InlineData("http://127.0.0.1:53412/callback")]
    [InlineData("http://127.0.0.1/callback/")]
    [InlineData("https://elsewhere.example/callback")]
    public async Task Another_redirect_uri_than_the_one_of_the_request_is_refused_and_spends_nothing(string redirectUri)
    {
        var code = await _server.CodeAsync(_person);
        await RefusedAsync(code, "invalid_grant", ("redirect_uri", redirectUri));
        (await _server.RedeemAsync(code)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_port_of_a_loopback_address_is_part_of_the_code()
    {
        var code = await _server.CodeAsync(_person, ("redirect_uri", "http://127.0.0.1:53412/callback"));
        await RefusedAsync(code, "invalid_grant", ("redirect_uri", "http://127.0.0.1:53413/callback"));
        (await _server.RedeemAsync(code, ("redirect_uri", "http://127.0.0.1:53412/callback"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact, Spec("OAuth 2.1 §4.1.3")]
    public async Task The_redirect_uri_may_be_left_out() =>
        (await _server.RedeemAsync(await _server.CodeAsync(_person), ("redirect_uri", null))).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory, Spec("RFC 7636 §4.6"), Spec("RFC 7636 §4.1")]
    [InlineData("a.verifier_that~is-long-enough.0123456789.abcdefgH")]
    [InlineData("a.verifier_that~is-long-enough.0123456789.abcdefg")]
    [InlineData("short")]
    [InlineData("a verifier with spaces that is long enough, and a comma")]
    [InlineData(null)]
    public async Task A_wrong_verifier_is_refused_and_invalidates_the_code(string? verifier)
    {
        var code = await _server.CodeAsync(_person);
        await RefusedAsync(code, "invalid_grant", ("code_verifier", verifier));
        await RefusedAsync(code, "invalid_grant");
        (await TheFamilyAsync()).ShouldBeNull();
    }

    [Fact, Spec("RFC 7636 §4.1")]
    public async Task A_verifier_of_129_characters_is_refused_although_it_fits_the_challenge()
    {
        var verifier = new string('v', 129);
        await RefusedAsync(await _server.CodeAsync(_person, ("code_challenge", Authorizing.ChallengeOf(verifier))), "invalid_grant", ("code_verifier", verifier));
        (await (await _server.RedeemAsync(
            await _server.CodeAsync(_person, ("code_challenge", Authorizing.ChallengeOf(verifier[1..]))), ("code_verifier", verifier[1..]))).TokensAsync()).Access.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_verifier_with_a_character_that_is_not_unreserved_is_refused_although_it_fits_the_challenge()
    {
        var verifier = new string('v', 42) + "+";
        await RefusedAsync(await _server.CodeAsync(_person, ("code_challenge", Authorizing.ChallengeOf(verifier))), "invalid_grant", ("code_verifier", verifier));
    }

    [Fact, Spec("RFC 7636 §4.6")]
    public async Task The_challenge_itself_is_no_verifier() =>
        await RefusedAsync(await _server.CodeAsync(_person), "invalid_grant", ("code_verifier", Authorizing.Challenge));

    [Fact, Spec("RFC 6749 §4.1.2")]
    public async Task A_code_lives_for_a_minute()
    {
        var punctual = await _server.CodeAsync(_person);
        _server.Time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromMilliseconds(1));
        (await _server.RedeemAsync(punctual)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var late = await _server.CodeAsync(_person);
        _server.Time.Advance(TimeSpan.FromSeconds(60));
        await RefusedAsync(late, "invalid_grant");
    }

    [Fact, Spec("RFC 8707 §2.2")]
    public async Task Another_resource_is_refused_and_the_code_stays_good_for_the_right_one()
    {
        var code = await _server.CodeAsync(_person, ("resource", "http://localhost/mcp"));
        await RefusedAsync(code, "invalid_target", ("resource", "https://elsewhere.example/mcp"));
        (await _server.RedeemAsync(code, ("resource", "http://localhost/mcp/"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_who_was_disabled_since_gets_no_tokens()
    {
        var code = await _server.CodeAsync(_person);
        await _server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        await RefusedAsync(code, "invalid_grant");
        (await TheFamilyAsync()).ShouldBeNull();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_code_that_was_never_made_is_refused(string code) => await RefusedAsync(code, "invalid_grant");

    [Fact, Spec("RFC 6749 §10.5")]
    public async Task A_code_is_stored_as_its_hash_only()
    {
        var code = await _server.CodeAsync(_person);
        await using var db = _server.Read();
        var stored = await db.Codes().SingleAsync();
        stored.Hash.ShouldBe(TokenHash.Of(code).Value);
        foreach (var file in Directory.GetFiles(_server.DataDirectory, "*.db*").Where(file => Path.GetExtension(file) != ".lock"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain(code);
        }
    }

    [Fact]
    public async Task The_answer_to_every_mistake_with_a_code_is_the_same()
    {
        await _server.AddClientAsync("client-2");
        HashSet<string> bodies = [];
        foreach (var (name, value) in new[] { ("code", "never made"), ("client_id", "client-2"), ("code_verifier", "wrong"), ("redirect_uri", "https://elsewhere.example/") })
        {
            var answer = await _server.RedeemAsync(await _server.CodeAsync(_person), (name, value));
            bodies.Add(await answer.Content.ReadAsStringAsync());
        }

        bodies.ShouldHaveSingleItem();
    }

    private async Task RefusedAsync(string code, string error, params (string Name, string? Value)[] changes)
    {
        var answer = await _server.RedeemAsync(code, changes);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await answer.ErrorAsync()).ShouldBe(error);
    }

    private async Task<TokenFamily?> TheFamilyAsync()
    {
        await using var db = _server.Read();
        return await db.Families().SingleOrDefaultAsync();
    }
}
