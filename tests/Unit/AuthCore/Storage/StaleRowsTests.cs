using System.Security.Claims;
using AuthCore.Consent;
using AuthCore.Database;
using AuthCore.Grants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Storage;

/// <summary>What is purged is what is past its lifetime, and nothing else.</summary>
public sealed class StaleRowsTests(SharedAuthServer shared) : IClassFixture<SharedAuthServer>, IAsyncLifetime
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(90);

    private AuthServer _server = null!;
    private ClaimsPrincipal _person = null!;

    public async Task InitializeAsync()
    {
        _server = await shared.EmptiedAsync();
        await _server.AddClientAsync();
        _person = await _server.AddPersonAsync("ana@example.org");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_spent_code_is_known_for_a_day_so_that_its_replay_still_ends_the_family()
    {
        var code = await _server.CodeAsync(_person);
        (await _server.RedeemAsync(code)).EnsureSuccessStatusCode();
        _server.Time.Leap(TimeSpan.FromHours(20));
        await CleanAsync();

        await _server.RedeemAsync(code);
        await using var db = _server.Read();
        (await db.Families().SingleAsync()).RevocationReason.ShouldBe(RevocationReason.CodeReused);

        _server.Time.Leap(TimeSpan.FromHours(5));
        await CleanAsync();
        (await db.Codes().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task An_answered_ticket_is_known_for_a_day_longer_than_it_can_be_opened_in_case_the_clock_was_wrong()
    {
        var bound = await _server.BoundTicketAsync(_person);
        await _server.AnswerAsync(_person, bound, allow: false);
        _server.Time.Leap(TimeSpan.FromMinutes(9));
        await CleanAsync();
        (await _server.AnswerAsync(_person, bound, allow: true, "read:secret")).ShouldBeOfType<ConsentOutcome.Expired>();

        await using var db = _server.Read();
        _server.Time.Leap(TimeSpan.FromDays(1));
        await CleanAsync();
        (await db.AnsweredTickets().AnyAsync()).ShouldBeTrue();

        _server.Time.Leap(TimeSpan.FromMinutes(2));
        await CleanAsync();
        (await db.AnsweredTickets().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_family_is_kept_until_its_lineage_is_old()
    {
        var expired = await _server.AddFamilyAsync("client-1", _person.UserId());
        _server.Time.Leap(expired.ExpiresAt - _server.Time.GetUtcNow() + Retention);
        await CleanAsync();
        (await FamiliesAsync()).ShouldBe(1);

        _server.Time.Leap(TimeSpan.FromSeconds(1));
        await CleanAsync();
        (await FamiliesAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_family_that_was_ended_is_kept_from_its_end()
    {
        var ended = await _server.AddFamilyAsync("client-1", _person.UserId());
        await _server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set
            .SetProperty(family => family.RevokedAt, unit.Now)
            .SetProperty(family => family.ExpiresAt, unit.Now + Retention * 2)));
        _server.Time.Leap(Retention);
        await CleanAsync();
        (await FamiliesAsync()).ShouldBe(1);

        _server.Time.Leap(TimeSpan.FromSeconds(1));
        await CleanAsync();
        (await FamiliesAsync()).ShouldBe(0, ended.FamilyId);
    }

    [Fact]
    public async Task Whatever_is_due_goes_in_one_turn()
    {
        await _server.WriteAsync(unit => unit.Db.Database.ExecuteSqlAsync(
            $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001) INSERT INTO AnsweredTickets (TicketId, ExpiresAt) SELECT i, 1 FROM n"));
        await CleanAsync();
        await using var db = _server.Read();
        (await db.AnsweredTickets().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_line_of_a_lineage_goes_by_its_age_unless_it_is_the_newest_or_something_was_used_twice()
    {
        var quiet = await _server.AddFamilyAsync("client-1", _person.UserId());
        var replayed = await _server.AddFamilyAsync("client-1", _person.UserId());
        await AddLinesAsync(quiet, 120);
        await AddLinesAsync(replayed, 3);
        await _server.WriteAsync(unit => unit.Db.Families().Where(family => family.FamilyId == replayed.FamilyId).ExecuteUpdateAsync(set => set.SetProperty(family => family.ReuseMarks, 1)));
        await LiveForAsync(Retention);
        await CleanAsync();
        (await LinesAsync(quiet)).Count.ShouldBe(120);

        await LiveForAsync(TimeSpan.FromSeconds(121));
        await CleanAsync();
        (await LinesAsync(quiet)).ShouldBe([120], customMessage: "what the family holds now stays");
        (await LinesAsync(replayed)).ShouldBe([1, 2, 3], customMessage: "a replay is told whole");
    }

    [Fact]
    public async Task A_family_with_a_long_lineage_goes_whole()
    {
        var family = await _server.AddFamilyAsync("client-1", _person.UserId());
        await AddLinesAsync(family, 250);
        await _server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set.SetProperty(row => row.ReuseMarks, 1).SetProperty(row => row.RevokedAt, unit.Now)));
        _server.Time.Leap(Retention + TimeSpan.FromSeconds(1));
        await CleanAsync();
        (await LinesAsync(family)).ShouldBeEmpty();
        (await FamiliesAsync()).ShouldBe(0);
    }

    /// <summary>One a second, the newest when the family was last rotated.</summary>
    private Task<int> AddLinesAsync(TokenFamily family, int count) => _server.WriteAsync(async unit =>
    {
        unit.Db.Generations().AddRange(Enumerable.Range(1, count).Select(generation => new FamilyGeneration
        {
            FamilyId = family.FamilyId,
            Generation = generation,
            At = family.RotatedAt + TimeSpan.FromSeconds(generation),
            Outcome = GenerationOutcome.Rotated,
        }));
        await unit.Db.SaveChangesAsync();
        return await unit.Db.Families().Where(row => row.FamilyId == family.FamilyId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RotatedAt, family.RotatedAt + TimeSpan.FromSeconds(count)));
    });

    /// <summary>Time passes, and no family expires.</summary>
    private async Task LiveForAsync(TimeSpan time)
    {
        await _server.WriteAsync(unit => unit.Db.Families().ExecuteUpdateAsync(set => set.SetProperty(family => family.ExpiresAt, unit.Now + time * 2)));
        _server.Time.Leap(time);
    }

    private async Task<List<int>> LinesAsync(TokenFamily family)
    {
        await using var db = _server.Read();
        return await db.Generations().Where(line => line.FamilyId == family.FamilyId).OrderBy(line => line.Id).Select(line => line.Generation).ToListAsync();
    }

    private Task CleanAsync() => _server.Get<IEnumerable<IHostedService>>().OfType<Cleaner>().Single().CleanAsync(CancellationToken.None);

    private async Task<int> FamiliesAsync()
    {
        await using var db = _server.Read();
        return await db.Families().CountAsync();
    }
}
