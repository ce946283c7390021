using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Grants;
using AuthCore.Revocation;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>One family has one lineage, and nothing of it is accepted once its end has been acknowledged.</summary>
public sealed class RefreshRaceTests : IAsyncLifetime
{
    private const int Rounds = 40;

    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;
    private ClaimsPrincipal _operator = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
        _operator = await _server.AddPersonAsync("olga@example.org", Roles.Administrator);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact, Spec("RFC 9700 §4.14.2")]
    public async Task Two_hundred_refreshes_of_one_token_carry_one_successor_until_the_grace_is_used_up()
    {
        var family = await _server.AddFamilyAsync("client-1", _person.UserId());
        var token = _server.TokensOf(family).RefreshToken!;

        var answers = await AtOnce.RunAsync(200, _ => _server.RefreshAsync(token));

        // The one exchange and three replays within grace; the next was one too many.
        var successes = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).ToArray();
        successes.Length.ShouldBe(4);
        var tokens = await Task.WhenAll(successes.Select(success => success.TokensAsync()));
        tokens.Select(given => given.Refresh).Distinct().ShouldHaveSingleItem();
        foreach (var refused in answers.Except(successes))
        {
            (await refused.ErrorAsync()).ShouldBe("invalid_grant");
        }

        var after = await _server.ReloadAsync(family);
        after.Generation.ShouldBe(2);
        after.RevocationReason.ShouldBe(RevocationReason.RefreshTokenReused);
        tokens.ShouldAllBe(given => !_server.Accepts(given.Access));
        await using var db = _server.Read();
        (await db.Generations().Where(line => line.FamilyId == family.FamilyId).OrderBy(line => line.Id).Select(line => line.Outcome).ToArrayAsync())
            .ShouldBe([GenerationOutcome.Rotated, GenerationOutcome.Replayed, GenerationOutcome.Replayed, GenerationOutcome.Replayed, GenerationOutcome.Reused]);
    }

    [Fact]
    public async Task As_many_refreshes_as_the_grace_allows_leave_the_family_alive()
    {
        for (var round = 0; round < 20; round++)
        {
            var family = await _server.AddFamilyAsync("client-1", _person.UserId());
            var token = _server.TokensOf(family).RefreshToken!;

            var answers = await AtOnce.RunAsync(4, _ => _server.RefreshAsync(token));

            var tokens = await Task.WhenAll(answers.Select(answer => answer.TokensAsync()));
            var successor = tokens.Select(given => given.Refresh).Distinct().ShouldHaveSingleItem()!;
            tokens.ShouldAllBe(given => _server.Accepts(given.Access));
            (await _server.RefreshAsync(successor)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact, Spec("RFC 7009 §2")]
    public Task Nothing_is_accepted_after_an_operator_was_told_that_the_family_has_ended() => NothingSurvivesAsync(async (family, _) =>
    {
        (await _server.Get<IRevocationService>().RevokeAsync(_operator, new RevocationTarget.Family(family.FamilyId))).ShouldBeOfType<RevocationOutcome.Revoked>();
    });

    [Fact, Spec("RFC 7009 §2.1")]
    public Task Nothing_is_accepted_after_the_client_was_told_that_its_token_is_revoked() => NothingSurvivesAsync(async (_, token) =>
    {
        (await _server.PostFormAsync("/revoke", ("client_id", "client-1"), ("token", token))).StatusCode.ShouldBe(HttpStatusCode.OK);
    });

    [Fact]
    public async Task Nothing_is_accepted_after_the_client_was_ended()
    {
        for (var round = 0; round < Rounds / 2; round++)
        {
            var clientId = $"client-of-round-{round}";
            await _server.AddClientAsync(clientId);
            await NothingSurvivesAsync(clientId, _person.UserId(), (_, _) => _server.Get<IRevocationService>().RevokeAsync(_operator, new RevocationTarget.Client(clientId)));
        }
    }

    [Fact]
    public async Task Nothing_is_accepted_after_the_user_was_disabled()
    {
        for (var round = 0; round < Rounds / 2; round++)
        {
            var person = await _server.AddPersonAsync($"person-{round}@example.org");
            await NothingSurvivesAsync("client-1", person.UserId(), async (_, _) =>
                (await _server.Get<IUserDirectory>().SetDisabledAsync(_operator, person.UserId(), disabled: true)).ShouldBeOfType<UserChange.Done>());
        }
    }

    [Fact]
    public async Task A_code_that_is_redeemed_while_its_user_is_disabled_leaves_nothing_alive()
    {
        for (var round = 0; round < Rounds / 2; round++)
        {
            var person = await _server.AddPersonAsync($"person-{round}@example.org");
            var code = await _server.CodeAsync(person);
            var answers = await AtOnce.RunAsync(2, async index =>
            {
                if (index == 0)
                {
                    return await _server.RedeemAsync(code);
                }

                await _server.Get<IUserDirectory>().SetDisabledAsync(_operator, person.UserId(), disabled: true);
                return null;
            });
            await using var db = _server.Read();
            (await db.Families().CountAsync(family => family.UserId == person.UserId() && family.RevokedAt == null)).ShouldBe(0);
            if (answers[0]!.StatusCode == HttpStatusCode.OK)
            {
                _server.Accepts((await answers[0]!.TokensAsync()).Access).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public async Task A_code_that_is_redeemed_while_its_client_is_ended_leaves_nothing_that_lives_again_with_the_client()
    {
        for (var round = 0; round < Rounds / 2; round++)
        {
            var clientId = $"client-of-round-{round}";
            await _server.AddClientAsync(clientId);
            var code = await _server.CodeAsync(_person, ("client_id", clientId));
            var answers = await AtOnce.RunAsync(2, async index =>
            {
                if (index == 0)
                {
                    return await _server.RedeemAsync(code, ("client_id", clientId));
                }

                await _server.Get<IRevocationService>().RevokeAsync(_operator, new RevocationTarget.Client(clientId));
                return null;
            });
            (await _server.Get<global::AuthCore.Clients.IClientDirectory>().EnableAsync(_operator, clientId)).ShouldBeTrue();
            if (answers[0]!.StatusCode == HttpStatusCode.OK)
            {
                var tokens = await answers[0]!.TokensAsync();
                _server.Accepts(tokens.Access).ShouldBeFalse();
                (await _server.RefreshAsync(tokens.Refresh!, ("client_id", clientId))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            }
        }
    }

    private async Task NothingSurvivesAsync(Func<TokenFamily, string, Task> end)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await NothingSurvivesAsync("client-1", _person.UserId(), end);
        }
    }

    /// <summary>A client refreshes as fast as it can, each time with what it was given last, while an operator revokes the family.</summary>
    private async Task NothingSurvivesAsync(string clientId, string userId, Func<TokenFamily, string, Task> end)
    {
        var family = await _server.AddFamilyAsync(clientId, userId);
        var first = _server.TokensOf(family);
        ConcurrentBag<string> given = [first.AccessToken];
        var newest = first.RefreshToken!;
        var isEnded = false;
        await AtOnce.RunAsync(2, async index =>
        {
            if (index == 0)
            {
                try
                {
                    await end(family, first.RefreshToken!);
                }
                finally
                {
                    Volatile.Write(ref isEnded, true);
                }

                given.ShouldAllBe(token => !_server.Accepts(token));
                return 0;
            }

            while (Volatile.Read(ref isEnded) is var late && await _server.RefreshAsync(newest, ("client_id", clientId)) is { StatusCode: HttpStatusCode.OK } answer)
            {
                late.ShouldBeFalse("a refresh that began after the end was told got tokens");
                var tokens = await answer.TokensAsync();
                given.Add(tokens.Access);
                newest = tokens.Refresh!;
            }

            return 0;
        });

        given.ShouldAllBe(token => !_server.Accepts(token));
        (await _server.RefreshAsync(newest, ("client_id", clientId))).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await _server.ReloadAsync(family)).RevokedAt.ShouldNotBeNull();
    }
}
