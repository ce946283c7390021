using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;

namespace UnitTests.AuthCore.Users.Sessions;

public sealed class BrowserSessionDirectoryTests : IAsyncLifetime
{
    private AuthServer _server = null!;
    private ClaimsPrincipal _administrator = null!;
    private ClaimsPrincipal _ana = null!;

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();
        _administrator = await _server.BeginAsync(await _server.AddPersonAsync("admin@app.example", Roles.Administrator));
        _server.Time.Leap(TimeSpan.FromSeconds(1));
        _ana = await _server.BeginAsync(await _server.AddPersonAsync("ana@app.example", Roles.Viewer));
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Viewers_list_them_page_by_page_and_no_others_do()
    {
        var all = await _server.Directory().ListAsync(_ana, new SessionQuery());
        all.Rows.Select(row => (row.UserEmail, row.IsCallers)).ShouldBe([("ana@app.example", true), ("admin@app.example", false)]);
        var second = await _server.Directory().ListAsync(_ana, new SessionQuery { Skip = 1, Take = 1, SortBy = SessionSort.User });
        (second.Rows.ShouldHaveSingleItem().UserEmail, second.Total).ShouldBe(("ana@app.example", 2));
        (await _server.Directory().ListAsync(_ana, new SessionQuery { Search = "ADMIN@" })).Total.ShouldBe(1);
        (await _server.Directory().ListAsync(_ana, new SessionQuery { UserId = _ana.UserId(), Ended = true })).Total.ShouldBe(0);

        var endUser = await _server.BeginAsync(await _server.AddPersonAsync("end-user@app.example"));
        await Should.ThrowAsync<AccessDeniedException>(() => _server.Directory().ListAsync(endUser, new SessionQuery()));
    }

    [Fact]
    public async Task Operators_end_anybodys_and_the_trail_says_who_did()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => _server.Directory().EndAsync(_ana, _administrator.SessionId()));
        (await _server.Directory().EndAsync(_administrator, _ana.SessionId())).ShouldBeTrue();
        (await _server.Directory().EndAsync(_administrator, _ana.SessionId())).ShouldBeFalse();

        (_server.IsAlive(_ana), _server.IsAlive(_administrator)).ShouldBe((false, true));
        var line = (await _server.Get<IAuditTrail>().ListAsync(_administrator, new ListQuery<AuditSort> { Search = "session.ended" })).Rows.ShouldHaveSingleItem();
        (line.Actor, line.Subject).ShouldBe((_administrator.UserId(), _ana.SessionId()));
    }

    [Fact]
    public async Task People_end_their_own_and_no_other()
    {
        var elsewhere = await _server.BeginAsync(_ana);
        var third = await _server.BeginAsync(_ana);
        (await _server.Directory().EndOwnAsync(_ana, _administrator.SessionId())).ShouldBeFalse();
        (await _server.Directory().EndOwnAsync(_ana, elsewhere.SessionId())).ShouldBeTrue();
        (await _server.Directory().EndOthersAsync(_ana)).ShouldBe(1);

        (_server.IsAlive(_ana), _server.IsAlive(elsewhere), _server.IsAlive(third), _server.IsAlive(_administrator)).ShouldBe((true, false, false, true));
        (await _server.Directory().ListOwnAsync(_ana)).ShouldHaveSingleItem().IsCallers.ShouldBeTrue();
    }

    [Fact]
    public async Task Disabling_and_another_role_end_all_sessions_of_the_person_with_the_change()
    {
        await _server.Get<IUserDirectory>().SetRoleAsync(_administrator, _ana.UserId(), Roles.Operator);
        _server.IsAlive(_ana).ShouldBeFalse();
        (await _server.RowAsync(_ana)).EndedBy.ShouldBe(SessionEnd.RoleChanged);

        var again = await _server.BeginAsync(_ana);
        await _server.Get<IUserDirectory>().SetDisabledAsync(_administrator, _ana.UserId(), disabled: true);
        _server.IsAlive(again).ShouldBeFalse();
        (await _server.RowAsync(again)).EndedBy.ShouldBe(SessionEnd.UserDisabled);
        _server.IsAlive(_administrator).ShouldBeTrue();
    }

    [Fact]
    public async Task The_gate_refuses_a_caller_in_an_ended_session_whatever_role_they_hold()
    {
        var gate = _server.Get<OperatorGate>();
        await gate.RequireAsync(_administrator, Roles.Administrator, CancellationToken.None);
        await gate.RequireOwnerOrAsync(_administrator, _administrator.UserId(), Roles.Administrator, CancellationToken.None);

        await _server.Sessions().EndAsync(_administrator, SessionEnd.SignedOut);

        await Should.ThrowAsync<AccessDeniedException>(() => gate.RequireAsync(_administrator, Roles.Viewer, CancellationToken.None));
        await Should.ThrowAsync<AccessDeniedException>(() => gate.RequireOwnerOrAsync(_administrator, _administrator.UserId(), Roles.Viewer, CancellationToken.None));
    }

    [Fact]
    public async Task A_refusal_is_one_line_a_minute_for_each_person_and_role()
    {
        var gate = _server.Get<OperatorGate>();
        for (var minute = 0; minute < 2; minute++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Should.ThrowAsync<AccessDeniedException>(() => gate.RequireAsync(_ana, Roles.Operator, CancellationToken.None))));
            await Should.ThrowAsync<AccessDeniedException>(() => gate.RequireAsync(_ana, Roles.Administrator, CancellationToken.None));
            _server.Time.Leap(TimeSpan.FromMinutes(1));
        }

        await using var db = _server.Read();
        (await db.Facts().Where(line => line.Name == "access.denied").Select(line => line.Subject).ToListAsync())
            .ShouldBe([Roles.Operator, Roles.Administrator, Roles.Operator, Roles.Administrator]);
    }
}
