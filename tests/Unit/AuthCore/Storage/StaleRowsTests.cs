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

    private Task CleanAsync() => _server.Get<IEnumerable<IHostedService>>().OfType<Cleaner>().Single().CleanAsync(CancellationToken.None);

    private async Task<int> FamiliesAsync()
    {
        await using var db = _server.Read();
        return await db.Families().CountAsync();
    }
}
