using System.Net;
using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>Rotation, grace, reuse and expiry of a family.</summary>
public sealed class RefreshTokenTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>, IAsyncLifetime
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync() => await UseAsync(await shared.EmptiedAsync());

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact, Spec("RFC 6749 §6"), Spec("RFC 9700 §4.14.2")]
    public async Task Each_refresh_gives_new_tokens_and_moves_the_family_on()
    {
        var first = await _server.ConnectAsync(_person);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await RefreshedAsync(first.Refresh!);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        var third = await RefreshedAsync(second.Refresh!);

        new[] { first.Refresh, second.Refresh, third.Refresh }.Distinct().Count().ShouldBe(3);
        new[] { first.Access, second.Access, third.Access }.Distinct().Count().ShouldBe(3);
        _server.Accepts(third.Access).ShouldBeTrue();
        var family = await TheFamilyAsync();
        family.Generation.ShouldBe(3);
        (await OutcomesAsync()).ShouldBe([GenerationOutcome.Issued, GenerationOutcome.Rotated, GenerationOutcome.Rotated]);
    }

    [Fact]
    public async Task A_repeated_exchange_within_the_grace_gives_the_same_successor_and_is_marked()
    {
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        _server.Time.Advance(Grace - TimeSpan.FromMilliseconds(1));
        var again = await RefreshedAsync(first.Refresh!);

        again.Refresh.ShouldBe(second.Refresh);
        _server.Accepts(again.Access).ShouldBeTrue();
        (await OutcomesAsync()).ShouldBe([GenerationOutcome.Issued, GenerationOutcome.Rotated, GenerationOutcome.Replayed]);
        (await TheFamilyAsync()).ReuseMarks.ShouldBe(1);
    }

    [Fact, Spec("RFC 9700 §4.14.2")]
    public async Task A_repeated_exchange_after_the_grace_ends_the_whole_family()
    {
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        _server.Time.Advance(Grace);

        await RefusedAsync(first.Refresh!, "invalid_grant");

        await RefusedAsync(second.Refresh!, "invalid_grant");
        _server.Accepts(second.Access).ShouldBeFalse();
        _server.Accepts(first.Access).ShouldBeFalse();
        var family = await TheFamilyAsync();
        family.RevocationReason.ShouldBe(RevocationReason.RefreshTokenReused);
        family.RevokedBy.ShouldBe("client-1");
        (await OutcomesAsync())[^1].ShouldBe(GenerationOutcome.Reused);
    }

    [Fact]
    public async Task The_grace_is_counted_from_the_first_use_and_not_from_the_last()
    {
        var first = await _server.ConnectAsync(_person);
        await RefreshedAsync(first.Refresh!);
        _server.Time.Advance(TimeSpan.FromSeconds(20));
        await RefreshedAsync(first.Refresh!);
        _server.Time.Advance(TimeSpan.FromSeconds(20));
        await RefusedAsync(first.Refresh!, "invalid_grant");
    }

    [Fact]
    public async Task A_replay_within_grace_is_answered_three_times_and_no_more()
    {
        var first = await _server.ConnectAsync(_person);
        for (var use = 0; use < 4; use++)
        {
            await RefreshedAsync(first.Refresh!);
        }

        await RefusedAsync(first.Refresh!, "invalid_grant");
        (await TheFamilyAsync()).RevocationReason.ShouldBe(RevocationReason.RefreshTokenReused);
    }

    [Fact]
    public async Task Each_generation_has_its_own_grace()
    {
        var token = (await _server.ConnectAsync(_person)).Refresh!;
        for (var generation = 0; generation < 5; generation++)
        {
            var next = (await RefreshedAsync(token)).Refresh!;
            for (var use = 0; use < 3; use++)
            {
                (await RefreshedAsync(token)).Refresh.ShouldBe(next);
            }

            token = next;
        }
    }

    [Theory, InlineData("Tokens:RefreshGrace", "00:00:00"), InlineData("Tokens:RefreshGraceUses", "0")]
    public async Task A_strict_server_answers_no_replay(string key, string value)
    {
        await using var strict = await AuthServer.StartAsync((key, value));
        await UseAsync(strict);
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        await RefusedAsync(first.Refresh!, "invalid_grant");
        await RefusedAsync(second.Refresh!, "invalid_grant");
    }

    [Fact]
    public async Task The_token_before_the_last_is_reuse_even_within_the_grace()
    {
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        var third = await RefreshedAsync(second.Refresh!);
        await RefusedAsync(first.Refresh!, "invalid_grant");
        await RefusedAsync(third.Refresh!, "invalid_grant");
        _server.Accepts(third.Access).ShouldBeFalse();
    }

    [Fact]
    public async Task A_clock_that_ran_ahead_leaves_no_long_grace_behind()
    {
        _server.Time.RunAhead(TimeSpan.FromHours(24));
        var first = await _server.ConnectAsync(_person);
        await RefreshedAsync(first.Refresh!);
        _server.Time.RunAhead(TimeSpan.Zero);
        await RefusedAsync(first.Refresh!, "invalid_grant");
        (await TheFamilyAsync()).RevocationReason.ShouldBe(RevocationReason.RefreshTokenReused);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_a_little_harms_no_client_whose_answer_was_lost()
    {
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        _server.Time.RunAhead(TimeSpan.FromSeconds(-20));
        (await RefreshedAsync(first.Refresh!)).Refresh.ShouldBe(second.Refresh);
    }

    [Fact]
    public async Task A_replay_from_another_address_is_answered_but_shown()
    {
        var first = await _server.ConnectAsync(_person);
        var second = await (await _server.RefreshFromAsync("198.51.100.1", first.Refresh!)).TokensAsync();
        var again = await (await _server.RefreshFromAsync("203.0.113.9", first.Refresh!)).TokensAsync();

        again.Refresh.ShouldBe(second.Refresh);
        await using var db = _server.Read();
        var last = await db.Generations().OrderByDescending(line => line.Id).FirstAsync();
        last.Outcome.ShouldBe(GenerationOutcome.ReplayedFromElsewhere);
        last.Address.ShouldBe("203.0.113.9");
    }

    [Fact]
    public async Task Reuse_is_recorded_with_both_addresses()
    {
        var first = await _server.ConnectAsync(_person);
        await _server.RefreshFromAsync("198.51.100.1", first.Refresh!);
        _server.Time.Advance(Grace);
        await _server.RefreshFromAsync("203.0.113.9", first.Refresh!);

        await using var db = _server.Read();
        var line = await db.Facts().SingleAsync(line => line.Name == "refresh_token.reused");
        line.Data.ShouldNotBeNull().ShouldContain("\"UsedBeforeFrom\":\"198.51.100.1\"");
        line.Data.ShouldContain("\"UsedNowFrom\":\"203.0.113.9\"");
    }

    [Fact]
    public async Task A_family_that_is_not_used_expires()
    {
        var first = await _server.ConnectAsync(_person);
        _server.Time.Leap(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        var second = await RefreshedAsync(first.Refresh!);
        _server.Time.Leap(TimeSpan.FromDays(14));
        await RefusedAsync(second.Refresh!, "invalid_grant");
        (await TheFamilyAsync()).RevokedAt.ShouldBeNull("it expired; it was not revoked");
    }

    [Fact, Spec("RFC 9700 §4.14.2")]
    public async Task Sliding_never_passes_the_absolute_end()
    {
        var token = (await _server.ConnectAsync(_person)).Refresh!;
        var end = (await TheFamilyAsync()).AbsoluteExpiresAt;
        end.ShouldBe(_server.Time.GetUtcNow() + TimeSpan.FromDays(30));
        for (var day = 0; day < 29; day++)
        {
            _server.Time.Leap(TimeSpan.FromDays(1));
            token = (await RefreshedAsync(token)).Refresh!;
            (await TheFamilyAsync()).ExpiresAt.ShouldBeLessThanOrEqualTo(end);
        }

        _server.Time.Leap(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(2));
        var last = await RefreshedAsync(token);
        last.ExpiresIn.ShouldBe(120, "an access token does not outlive its family");
        _server.Time.Leap(TimeSpan.FromMinutes(2));
        await RefusedAsync(last.Refresh!, "invalid_grant");
        _server.Time.Leap(TimeSpan.FromSeconds(6));
        _server.Accepts(last.Access).ShouldBeFalse();
    }

    [Fact, Spec("RFC 6749 §10.4")]
    public async Task Another_client_can_neither_use_nor_spend_nor_end_a_family()
    {
        await _server.AddClientAsync("client-2");
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        _server.Time.Advance(Grace + Grace);

        // The newest, which would be spent, and the one before, which would be reuse.
        await RefusedAsync(second.Refresh!, "invalid_grant", ("client_id", "client-2"));
        await RefusedAsync(first.Refresh!, "invalid_grant", ("client_id", "client-2"));

        (await TheFamilyAsync()).Generation.ShouldBe(2);
        await RefreshedAsync(second.Refresh!);
    }

    [Fact, Spec("RFC 6749 §6")]
    public async Task Fewer_scopes_make_a_narrower_access_token_and_leave_the_family_as_it_was()
    {
        var first = await _server.ConnectAsync(_person, ("scope", "read:secret write"));
        var narrow = await (await _server.RefreshAsync(first.Refresh!, ("scope", "write"))).TokensAsync();
        narrow.Scope.ShouldBe("write");
        var whole = await RefreshedAsync(narrow.Refresh!);
        whole.Scope.ShouldBe("read:secret write");
    }

    [Theory, Spec("RFC 6749 §6")]
    [InlineData("read:secret hidden")]
    [InlineData("write")]
    [InlineData("unknown")]
    [InlineData("READ:SECRET")]
    public async Task More_scopes_than_were_allowed_are_refused_and_spend_nothing(string scope)
    {
        var first = await _server.ConnectAsync(_person);
        await RefusedAsync(first.Refresh!, "invalid_scope", ("scope", scope));
        (await TheFamilyAsync()).Generation.ShouldBe(1);
        await RefreshedAsync(first.Refresh!);
    }

    [Fact, Spec("RFC 6749 §3.3")]
    public async Task A_malformed_scope_is_refused_and_spends_nothing()
    {
        var first = await _server.ConnectAsync(_person);
        await RefusedAsync(first.Refresh!, "invalid_scope", ("scope", "read\"secret"));
        await RefreshedAsync(first.Refresh!);
    }

    [Theory, Spec("RFC 8707 §2.2")]
    [InlineData("http://localhost/other")]
    [InlineData("https://elsewhere.example/mcp")]
    [InlineData("not a uri")]
    public async Task Another_resource_is_refused_and_spends_nothing(string resource)
    {
        var first = await _server.ConnectAsync(_person);
        await RefusedAsync(first.Refresh!, "invalid_target", ("resource", resource));
        (await TheFamilyAsync()).Generation.ShouldBe(1);
        await RefreshedAsync(first.Refresh!);
    }

    [Fact, Spec("RFC 8707 §2.2")]
    public async Task The_resource_that_was_authorized_may_be_named_again()
    {
        var first = await _server.ConnectAsync(_person);
        var answer = await _server.RefreshAsync(first.Refresh!, ("resource", "http://LOCALHOST/mcp/"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_that_is_newer_than_a_restored_database_is_refused_and_ends_nothing()
    {
        var first = await _server.ConnectAsync(_person);
        var second = await RefreshedAsync(first.Refresh!);
        await _server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set.SetProperty(family => family.Generation, 1)));

        await RefusedAsync(second.Refresh!, "invalid_grant");
        (await TheFamilyAsync()).RevokedAt.ShouldBeNull();
        (await RefreshedAsync(first.Refresh!)).Refresh.ShouldBe(second.Refresh);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mrt_")]
    [InlineData("mrt_AAAA")]
    [InlineData("a completely different thing")]
    public async Task What_was_never_made_here_is_refused(string token)
    {
        var answer = await _server.RefreshAsync(token);
        (await answer.ErrorAsync()).ShouldBe(token.Length == 0 ? "invalid_request" : "invalid_grant");
    }

    [Fact]
    public async Task A_token_with_one_character_changed_anywhere_is_refused_and_ends_nothing()
    {
        var token = (await _server.ConnectAsync(_person)).Refresh!;
        for (var at = 0; at < token.Length; at++)
        {
            var changed = token[at] == 'A' ? 'B' : 'A';
            await RefusedAsync($"{token[..at]}{changed}{token[(at + 1)..]}", "invalid_grant");
        }

        (await TheFamilyAsync()).RevokedAt.ShouldBeNull();
        await RefreshedAsync(token);
    }

    [Fact]
    public async Task A_token_has_one_spelling()
    {
        var token = (await _server.ConnectAsync(_person)).Refresh!;
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        // The last character has bits that no byte needs: a lenient decoder reads sixteen spellings as one.
        foreach (var other in Alphabet.Where(other => other != token[^1]))
        {
            await RefusedAsync(token[..^1] + other, "invalid_grant");
        }

        await RefusedAsync(token + "=", "invalid_grant");
        await RefusedAsync(token + " ", "invalid_grant");
        await RefreshedAsync(token);
    }

    [Fact, Spec("RFC 6749 §5.1")]
    public async Task A_client_without_the_refresh_grant_gets_no_refresh_token()
    {
        await _server.WriteAsync(async unit =>
        {
            var client = await unit.Db.Clients().SingleAsync();
            client.GrantTypes = ["authorization_code"];
            return await unit.Db.SaveChangesAsync();
        });
        (await _server.ConnectAsync(_person)).Refresh.ShouldBeNull();
    }

    [Fact]
    public async Task A_disabled_person_is_refreshed_no_more_whatever_became_of_the_family()
    {
        var tokens = await _server.ConnectAsync(_person);
        await _server.WriteAsync(unit => unit.Db.Users().ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));

        await RefusedAsync(tokens.Refresh!, "invalid_grant");
        (await TheFamilyAsync()).RevokedAt.ShouldBeNull("only the person says that it is over");
    }

    [Fact]
    public async Task A_family_without_refresh_tokens_cannot_be_refreshed_even_with_the_right_derivation()
    {
        var family = await _server.AddFamilyAsync("client-1", _person.UserId(), refreshable: false);
        var derived = _server.Get<RefreshTokenDeriver>().Derive(family, 1).Reveal();
        await RefusedAsync(derived, "invalid_grant");
    }

    private async Task UseAsync(AuthServer server)
    {
        _server = server;
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
    }

    private async Task<Tokens> RefreshedAsync(string token) => await (await _server.RefreshAsync(token)).TokensAsync();

    private async Task RefusedAsync(string token, string error, params (string Name, string? Value)[] changes)
    {
        var answer = await _server.RefreshAsync(token, changes);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).ShouldBe(error);
    }

    private async Task<TokenFamily> TheFamilyAsync()
    {
        await using var db = _server.Read();
        return await db.Families().SingleAsync();
    }

    private async Task<GenerationOutcome[]> OutcomesAsync()
    {
        await using var db = _server.Read();
        return await db.Generations().OrderBy(line => line.Id).Select(line => line.Outcome).ToArrayAsync();
    }
}
