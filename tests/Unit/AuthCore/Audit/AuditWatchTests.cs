using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Audit;

/// <summary>The check of the trail at start, every day and when an operator asks.</summary>
public sealed class AuditWatchTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private AuthServer _server = null!;

    public async Task InitializeAsync() => _server = await AuthServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _log.Dispose();
    }

    [Fact]
    public async Task A_start_checks_the_trail_in_the_background()
    {
        await RecordAsync(3);
        _server = await _server.RestartAsync();
        var report = await CheckedAsync(_server.Get<AuditWatch>());
        (report.IsIntact, report.Lines).ShouldBe((true, 3L));
    }

    [Fact]
    public async Task A_day_later_it_is_checked_again()
    {
        var first = await CheckedAsync(_server.Get<AuditWatch>());
        await RecordAsync(1);
        _server.Time.Advance(AuditWatch.Period);
        var second = await CheckedAsync(_server.Get<AuditWatch>());
        (second.At - first.At, second.Lines).ShouldBe((AuditWatch.Period, 1L));
    }

    [Fact]
    public async Task What_was_changed_is_told_as_critical_once_for_each_chain()
    {
        await RecordAsync(3);
        await EditAsync("UPDATE Facts SET Actor = 'somebody else' WHERE Sequence = 2");
        await CheckWithLogAsync();
        _log.Lines.Where(line => line.Contains(" Critical ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("Broken at line 2");
        _log.Lines.ShouldNotContain(line => line.Contains("is intact", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trail_that_is_intact_is_told_as_information_and_an_unknown_end_as_a_warning()
    {
        await RecordAsync(3);
        File.Delete(Path.Combine(_server.DataDirectory, "audit-heads.json"));
        await CheckWithLogAsync();
        _log.Lines.ShouldContain(line => line.Contains(" Information The audit trail is intact: 3 lines in 1 chains", StringComparison.Ordinal));
        _log.Lines.ShouldContain(line => line.Contains(" Warning Where chain ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_storage_throws_is_the_state_and_the_next_check_tries_again()
    {
        var watch = _server.Get<AuditWatch>();
        await RecordAsync(1);
        await CheckedAsync(watch);
        await EditAsync("ALTER TABLE Facts RENAME TO Gone");
        await watch.CheckAsync();
        var failed = watch.State.ShouldBeOfType<AuditState.Failed>();
        failed.Why.ShouldContain("no such table");
        failed.Report.ShouldNotBeNull("what the check before found is still known");

        await EditAsync("ALTER TABLE Gone RENAME TO Facts");
        (await CheckedAsync(watch)).Lines.ShouldBe(1);
    }

    [Fact]
    public async Task Checks_that_are_asked_for_at_once_are_one_and_say_how_far_they_are()
    {
        await RecordManyAsync(2500);
        var feed = _server.Get<IChangeFeed>();
        var watch = _server.Get<AuditWatch>();
        await watch.CheckAsync();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = feed.Subscribe(ChangeTopics.AuditCheck, () => told.TrySetResult());
        var verifier = _server.Get<AuditVerifier>();
        List<long> lines = [];
        await verifier.VerifyAsync(lines.Add);
        lines.ShouldBe([0, 1000, 2000]);

        var (one, other) = (watch.CheckAsync(), watch.CheckAsync());
        other.ShouldBeSameAs(one);
        await one;
        await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
        watch.State.Report!.Lines.ShouldBe(2500);
    }

    [Fact]
    public async Task A_viewer_sees_the_state_and_an_operator_checks_again()
    {
        var viewer = await _server.AddPersonAsync("viewer@app.example", Roles.Viewer);
        var operatorOfIt = await _server.AddPersonAsync("operator@app.example", Roles.Operator);
        var nobody = await _server.AddPersonAsync("p@app.example");
        var trail = _server.Get<IAuditTrail>();
        await CheckedAsync(_server.Get<AuditWatch>());

        (await trail.StateAsync(viewer)).ShouldBeOfType<AuditState.Done>();
        await Should.ThrowAsync<AccessDeniedException>(() => trail.StateAsync(nobody));
        await Should.ThrowAsync<AccessDeniedException>(() => trail.StateAsync(new ClaimsPrincipal()));
        await Should.ThrowAsync<AccessDeniedException>(() => trail.VerifyAsync(viewer));
        await RecordAsync(2);
        (await trail.VerifyAsync(operatorOfIt)).ShouldBeOfType<AuditState.Done>().Found.Lines.ShouldBeGreaterThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_host_that_stops_does_not_wait_for_its_check()
    {
        var watch = _server.Get<AuditWatch>();
        await CheckedAsync(watch);
        await watch.StopAsync(CancellationToken.None);
        await watch.CheckAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static async Task<AuditReport> CheckedAsync(AuditWatch watch)
    {
        await watch.CheckAsync();
        return watch.State.ShouldBeOfType<AuditState.Done>().Found;
    }

    private async Task CheckWithLogAsync()
    {
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        using var watch = new AuditWatch(_server.Get<AuditVerifier>(), _server.Get<ChangeFeed>(), _server.Time, factory.CreateLogger<AuditWatch>());
        await watch.StartAsync(CancellationToken.None);
        await CheckedAsync(watch);
        await watch.StopAsync(CancellationToken.None);
    }

    private Task EditAsync(string statement) => _server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync(statement));

    private async Task RecordAsync(int facts)
    {
        for (var i = 0; i < facts; i++)
        {
            await _server.Get<IWriteLane>().RecordAsync(new TestDone("actor", "subject", "words"));
        }
    }

    private Task RecordManyAsync(int facts) => _server.WriteAsync(unit =>
    {
        for (var i = 0; i < facts; i++)
        {
            unit.Record(new TestDone("actor", "subject"));
        }

        return Task.FromResult(true);
    });
}
