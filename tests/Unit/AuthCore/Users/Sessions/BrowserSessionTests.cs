using System.Security.Claims;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Users.Sessions;

public sealed class BrowserSessionTests : IAsyncLifetime
{
    private const int PerPerson = 5;

    private AuthServer _server = null!;

    public async Task InitializeAsync() => _server = await AuthServer.StartAsync(("BrowserSessions:PerPerson", $"{PerPerson}"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_session_is_alive_from_its_sign_in_to_its_end_and_for_its_person_alone()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var other = await _server.AddPersonAsync("q@app.example");
        var session = await _server.BeginAsync(person);

        _server.IsAlive(session).ShouldBeTrue();
        _server.IsAlive(other.In(session.SessionId())).ShouldBeFalse();
        _server.IsAlive(person).ShouldBeFalse("a cookie of before there were sessions names none");
        _server.IsAlive(person.In("0123456789abcdef0123456789abcdef")).ShouldBeFalse();

        string? told = null;
        _server.Sessions().OnEnded(ended => told = ended);
        await _server.Sessions().EndAsync(session, SessionEnd.SignedOut);

        _server.IsAlive(session).ShouldBeFalse();
        told.ShouldBe(session.SessionId());
        var row = await _server.RowAsync(session);
        (row.EndedBy, row.EndedByActor, row.EndedAt).ShouldBe((SessionEnd.SignedOut, person.UserId(), _server.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Every_sign_in_has_a_new_identifier_and_takes_the_browsers_old_session_away()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var first = await _server.BeginAsync(person);
        var elsewhere = await _server.BeginAsync(person);
        var second = await _server.BeginAsync(person, before: first);

        second.SessionId().ShouldNotBe(first.SessionId());
        (_server.IsAlive(first), _server.IsAlive(second), _server.IsAlive(elsewhere)).ShouldBe((false, true, true));
        (await _server.RowAsync(first)).EndedBy.ShouldBe(SessionEnd.Replaced);
    }

    [Fact]
    public async Task Who_was_disabled_or_changed_since_the_password_was_compared_gets_no_session()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var asCompared = await _server.UserAsync(person);
        await _server.WriteAsync(unit => unit.Db.Users().Where(user => user.Id == asCompared.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.SecurityStamp, "another")));
        (await _server.Sessions().BeginAsync(asCompared, new ClaimsPrincipal())).ShouldBeNull();

        var asChanged = await _server.UserAsync(person);
        await _server.WriteAsync(unit => unit.Db.Users().Where(user => user.Id == asChanged.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, unit.Now)));
        (await _server.Sessions().BeginAsync(asChanged, new ClaimsPrincipal())).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_ends_when_it_is_idle_and_at_the_latest_after_its_lifetime()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var idle = await _server.BeginAsync(person);
        var used = await _server.BeginAsync(person);
        List<string> told = [];
        _server.Sessions().OnEnded(told.Add);
        for (var hour = 1; hour < 24; hour++)
        {
            _server.Time.Leap(TimeSpan.FromHours(1));
            _server.IsAlive(used).ShouldBeTrue($"used until hour {hour}");
            _server.IsAlive(idle).ShouldBe(hour < 8, $"idle for {hour} hours");
            _server.Sessions().Seen(used, "198.51.100.7");
            _server.Sessions().Seen(idle.In("of nobody"), null);
            await _server.Get<SessionUpkeep>().TurnAsync(CancellationToken.None);
        }

        _server.Time.Leap(TimeSpan.FromHours(1));
        _server.IsAlive(used).ShouldBeFalse();
        _server.Sessions().Seen(used, null);
        _server.IsAlive(used).ShouldBeFalse("being used does not bring it back");

        await _server.Get<SessionUpkeep>().TurnAsync(CancellationToken.None);
        (await _server.RowAsync(idle)).EndedBy.ShouldBe(SessionEnd.Idle);
        (await _server.RowAsync(used)).EndedBy.ShouldBe(SessionEnd.LifetimeOver);
        (await _server.RowAsync(used)).EndedByActor.ShouldBe("system");
        told.ShouldBe([idle.SessionId(), used.SessionId()]);
    }

    [Fact]
    public async Task After_a_restart_those_who_were_signed_in_still_are_and_those_who_signed_out_are_not()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var alive = await _server.BeginAsync(person);
        var ended = await _server.BeginAsync(person);
        await _server.Sessions().EndAsync(ended, SessionEnd.SignedOut);
        _server.Time.Leap(TimeSpan.FromHours(7));
        _server.Sessions().Seen(alive, "198.51.100.7");

        _server = await _server.RestartAsync();
        _server.Time.Leap(TimeSpan.FromHours(7));

        (_server.IsAlive(alive), _server.IsAlive(ended)).ShouldBe((true, false));
        (await _server.RowAsync(alive)).LastSeenFrom.ShouldBe("198.51.100.7");
    }

    [Fact]
    public async Task However_many_sign_in_at_once_a_person_keeps_no_more_sessions_than_allowed_those_used_last()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var before = await _server.BeginAsync(person);
        _server.Time.Leap(TimeSpan.FromMinutes(1));

        var begun = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _server.BeginAsync(person))));

        begun.Count(_server.IsAlive).ShouldBe(PerPerson);
        _server.IsAlive(before).ShouldBeFalse();
        (await _server.RowAsync(before)).EndedBy.ShouldBe(SessionEnd.TooMany);
        (await _server.Directory().ListOwnAsync(begun.First(_server.IsAlive))).Count.ShouldBe(PerPerson);
    }

    [Fact]
    public async Task When_a_session_was_seen_is_written_once_a_minute_and_those_long_over_are_forgotten()
    {
        var person = await _server.AddPersonAsync("p@app.example");
        var alive = await _server.BeginAsync(person);
        var ended = await _server.BeginAsync(person);
        await _server.Sessions().EndAsync(ended, SessionEnd.SignedOut);
        _server.Time.Leap(TimeSpan.FromMinutes(5));
        _server.Sessions().Seen(alive, "198.51.100.7");
        (await _server.Directory().ListOwnAsync(alive))[0].LastSeenAt.ShouldBe(_server.Time.GetUtcNow(), "the list knows what memory knows");
        (await _server.RowAsync(alive)).LastSeenAt.ShouldBe(_server.Time.GetUtcNow().AddMinutes(-5), "and no request waits for a write");

        await _server.Get<SessionUpkeep>().WriteSightingsAsync(CancellationToken.None);
        (await _server.RowAsync(alive)).LastSeenAt.ShouldBe(_server.Time.GetUtcNow());

        await _server.WriteAsync(unit => unit.Db.BrowserSessions().Where(session => session.SessionId == ended.SessionId())
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, unit.Now.AddDays(-31))));
        await _server.Get<SessionUpkeep>().PurgeAsync(CancellationToken.None);
        await using var db = _server.Read();
        (await db.BrowserSessions().Select(session => session.SessionId).ToListAsync()).ShouldBe([alive.SessionId()]);
    }
}
