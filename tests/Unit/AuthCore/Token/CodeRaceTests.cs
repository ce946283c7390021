using System.Net;
using AuthCore.Consent;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Token;

/// <summary>One code makes at most one family, however many come at once.</summary>
public sealed class CodeRaceTests : IAsyncLifetime
{
    private AuthServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        await _server.AddClientAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact, Spec("RFC 6749 §4.1.2")]
    public async Task Two_hundred_redemptions_of_one_code_make_one_family_which_the_second_one_ended()
    {
        var person = await _server.AddPersonAsync("ana@example.org");
        var code = await _server.CodeAsync(person);

        var answers = await AtOnce.RunAsync(200, _ => _server.RedeemAsync(code));

        var winner = answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).ShouldHaveSingleItem();
        foreach (var loser in answers.Where(answer => answer != winner))
        {
            loser.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await loser.ErrorAsync()).ShouldBe("invalid_grant");
        }

        await using var db = _server.Read();
        var family = await db.Families().SingleAsync();
        family.RevocationReason.ShouldBe(RevocationReason.CodeReused);
        var tokens = await winner.TokensAsync();
        _server.Accepts(tokens.Access).ShouldBeFalse();
        (await (await _server.RefreshAsync(tokens.Refresh!)).ErrorAsync()).ShouldBe("invalid_grant");
        (await db.Generations().CountAsync(line => line.Outcome == GenerationOutcome.CodeReused)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_hundred_different_codes_at_once_make_two_hundred_families()
    {
        var person = await _server.AddPersonAsync("ana@example.org");
        List<string> codes = [];
        for (var index = 0; index < 200; index++)
        {
            codes.Add(await _server.CodeAsync(person));
        }

        var answers = await AtOnce.RunAsync(200, index => _server.RedeemAsync(codes[index]));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        await using var db = _server.Read();
        (await db.Families().CountAsync(family => family.RevokedAt == null)).ShouldBe(200);
    }

    [Fact]
    public async Task A_right_and_a_wrong_verifier_at_once_leave_at_most_one_family()
    {
        var person = await _server.AddPersonAsync("ana@example.org");
        for (var round = 0; round < 20; round++)
        {
            var code = await _server.CodeAsync(person);
            var answers = await AtOnce.RunAsync(8, index => _server.RedeemAsync(code, ("code_verifier", index % 2 == 0 ? Authorizing.Verifier : new string('x', 43))));
            answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeLessThanOrEqualTo(1);
        }

        await using var db = _server.Read();
        (await db.Families().CountAsync(family => family.RevokedAt == null)).ShouldBe(0);
    }

    [Fact]
    public async Task A_consent_form_that_is_sent_many_times_at_once_gives_exactly_one_code()
    {
        var person = await _server.AddPersonAsync("ana@example.org");
        for (var round = 1; round <= 10; round++)
        {
            var ticket = await _server.BoundTicketAsync(person);
            var outcomes = await AtOnce.RunAsync(20, index => _server.AnswerAsync(person, ticket, allow: index != 7, "read:secret"));

            outcomes.OfType<ConsentOutcome.Redirect>().ShouldHaveSingleItem();
            outcomes.OfType<ConsentOutcome.Expired>().Count().ShouldBe(19);
        }

        await using var db = _server.Read();
        (await db.Codes().CountAsync()).ShouldBeLessThanOrEqualTo(10);
        (await db.AnsweredTickets().CountAsync()).ShouldBe(10);
    }
}
