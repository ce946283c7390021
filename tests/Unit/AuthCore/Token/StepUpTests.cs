using System.Net;
using System.Security.Claims;
using AuthCore.Grants;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>After a call that was refused for want of a scope, one refresh sends its client to the user.</summary>
public sealed class StepUpTests(ServerWithClient shared) : IClassFixture<ServerWithClient>, IAsyncLifetime
{
    private static readonly ScopeSet More = ScopeSet.Of("more:of-it");

    private const string Everything = "read:secret write";
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly AuthServer _server = shared.Server;
    private ClaimsPrincipal _person = null!;
    private Tokens _first = null!;

    public async Task InitializeAsync()
    {
        _person = await shared.NewPersonAsync();
        _first = await _server.ConnectAsync(_person, ("scope", Everything));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory, InlineData(null), InlineData(Everything), InlineData("write read:secret"), Spec("RFC 6749 §8.5")]
    public async Task The_next_refresh_is_told_once_that_the_user_is_needed(string? scope)
    {
        Refused(_first);

        var answer = await _server.RefreshAsync(_first.Refresh!, ("scope", scope));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await answer.JsonAsync();
        error.GetProperty("error").GetString().ShouldBe("interaction_required");
        error.GetProperty("error_description").GetString().ShouldNotBeNull().ShouldContain("authorization request");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        await IsUntouchedAsync();
        (await RefreshedAsync(_first)).Scope.ShouldBe(Everything);
    }

    [Fact]
    public async Task A_narrower_refresh_is_served_and_leaves_the_mark()
    {
        Refused(_first);
        var narrow = await (await _server.RefreshAsync(_first.Refresh!, ("scope", "write"))).TokensAsync();
        narrow.Scope.ShouldBe("write");
        await UserNeededAsync(narrow);
    }

    [Fact]
    public async Task The_mark_lasts_for_the_window_and_no_longer()
    {
        Refused(_first);
        _server.Time.Advance(Window);
        var second = await RefreshedAsync(_first);

        Refused(second);
        _server.Time.Advance(Window - TimeSpan.FromMilliseconds(1));
        await UserNeededAsync(second);
    }

    [Fact]
    public async Task A_clock_that_jumps_neither_stretches_the_window_nor_cuts_it()
    {
        Refused(_first);
        _server.Time.RunAhead(TimeSpan.FromHours(-24));
        _server.Time.Advance(Window);
        var second = await RefreshedAsync(_first);
        Refused(second);
        _server.Time.RunAhead(TimeSpan.Zero);
        await UserNeededAsync(second);
    }

    [Fact]
    public async Task Who_has_no_right_to_the_family_neither_sees_the_mark_nor_takes_it()
    {
        await _server.AddClientAsync("client-2");
        Refused(_first);

        (await (await _server.RefreshAsync(_first.Refresh!, ("client_id", "client-2"))).ErrorAsync()).ShouldBe("invalid_grant");
        (await (await _server.RefreshAsync(_first.Refresh![..^2] + "AA")).ErrorAsync()).ShouldBe("invalid_grant");
        (await (await _server.RefreshAsync(_first.Refresh!, ("scope", "hidden"))).ErrorAsync()).ShouldBe("invalid_scope");
        (await (await _server.RefreshAsync(_first.Refresh!, ("resource", "https://elsewhere.example/mcp"))).ErrorAsync()).ShouldBe("invalid_target");

        await IsUntouchedAsync();
        await UserNeededAsync(_first);
    }

    [Fact]
    public async Task A_stolen_older_token_is_still_reuse()
    {
        var second = await RefreshedAsync(_first);
        var third = await RefreshedAsync(second);
        Refused(third);
        (await (await _server.RefreshAsync(_first.Refresh!)).ErrorAsync()).ShouldBe("invalid_grant");
        (await TheFamilyAsync()).RevocationReason.ShouldBe(RevocationReason.RefreshTokenReused);
    }

    [Fact]
    public async Task A_family_that_is_over_says_so()
    {
        Refused(_first);
        await _server.Get<IRevocationService>().RevokeAsync(_person, new RevocationTarget.ConnectionsOf(_person.UserId()));
        (await (await _server.RefreshAsync(_first.Refresh!)).ErrorAsync()).ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Other_families_are_not_concerned()
    {
        var other = await _server.ConnectAsync(await shared.NewPersonAsync());
        Refused(_first);
        await RefreshedAsync(other);
        await UserNeededAsync(_first);
    }

    [Fact]
    public async Task Of_parallel_refreshes_one_is_sent_to_the_user_and_the_others_get_tokens()
    {
        var family = await TheFamilyAsync();
        for (var round = 0; round < 30; round++)
        {
            Refused(_first);
            var current = _server.TokensOf(await _server.ReloadAsync(family)).RefreshToken!;
            var answers = await AtOnce.RunAsync(3, _ => _server.RefreshAsync(current));
            answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(2);
            var refused = answers.Single(answer => answer.StatusCode != HttpStatusCode.OK);
            (await refused.ErrorAsync()).ShouldBe("interaction_required");
        }

        (await TheFamilyAsync()).Generation.ShouldBe(31);
    }

    [Fact]
    public void What_is_remembered_is_bounded_and_makes_room_for_itself()
    {
        var marks = new PendingStepUps(Options.Create(new TokenOptions()), _server.Time);
        for (var family = 0; family < 10_001; family++)
        {
            marks.Add($"family-{family}", More);
        }

        marks.TryRedeem("family-10000", ScopeSet.Empty).ShouldBeFalse("there was no room");
        _server.Time.Advance(Window);
        marks.Add("family-10001", More);
        marks.TryRedeem("family-10001", ScopeSet.Empty).ShouldBeTrue();
        marks.TryRedeem("family-10001", ScopeSet.Empty).ShouldBeFalse();
        marks.TryRedeem("family-0", ScopeSet.Empty).ShouldBeFalse();
    }

    [Fact]
    public void What_the_family_has_and_only_the_token_lacks_is_mended_by_a_refresh()
    {
        var marks = new PendingStepUps(Options.Create(new TokenOptions()), _server.Time);
        marks.Add("family", More);
        marks.TryRedeem("family", More.Union(ScopeSet.Of("read:secret"))).ShouldBeFalse();
    }

    [Fact]
    public void A_window_of_nothing_turns_it_off()
    {
        var marks = new PendingStepUps(Options.Create(new TokenOptions { StepUpWindow = TimeSpan.Zero }), _server.Time);
        marks.Add("family", More);
        marks.TryRedeem("family", ScopeSet.Empty).ShouldBeFalse();
    }

    /// <summary>What the resource does when it answers 403.</summary>
    private void Refused(Tokens tokens)
    {
        var validator = _server.Get<IAccessTokenValidator>();
        var valid = validator.Validate(tokens.Access, _server.Get<PublicOrigin>().DefaultResource).ShouldBeOfType<AccessTokenValidation.Valid>();
        validator.InsufficientScope(valid.Grant, More);
    }

    private async Task<Tokens> RefreshedAsync(Tokens tokens) => await (await _server.RefreshAsync(tokens.Refresh!)).TokensAsync();

    private async Task UserNeededAsync(Tokens tokens) => (await (await _server.RefreshAsync(tokens.Refresh!)).ErrorAsync()).ShouldBe("interaction_required");

    private async Task IsUntouchedAsync()
    {
        var family = await TheFamilyAsync();
        (family.Generation, family.ReuseMarks, family.Replays, family.RevokedAt).ShouldBe((1, 0, 0, null));
        await using var db = _server.Read();
        (await db.Generations().CountAsync(line => line.FamilyId == family.FamilyId)).ShouldBe(1);
    }

    private async Task<TokenFamily> TheFamilyAsync()
    {
        await using var db = _server.Read();
        return await db.Families().SingleAsync(family => family.UserId == _person.UserId());
    }
}
