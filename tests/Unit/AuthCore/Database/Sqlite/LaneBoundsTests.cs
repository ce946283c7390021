using AuthCore.Database;
using AuthCore.Database.Sqlite;
using AuthCore.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

/// <summary>No caller waits without bound, and what took too long can do nothing more.</summary>
public sealed class LaneBoundsTests : IAsyncLifetime
{
    private const string Endless = "SELECT max(x) FROM (WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n)";

    private static readonly string[] Pragmas = ["journal_mode", "synchronous", "foreign_keys", "wal_autocheckpoint", "query_only"];

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private AuthServer _server = null!;

    private SqliteWriteLane Lane => _server.Get<SqliteWriteLane>();

    public async Task InitializeAsync()
    {
        _server = await AuthServer.StartAsync();

        // The host's own tidying up at the start is done.
        await _server.Get<Cleaner>().CleanAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_lane_writes_durably_and_checkpoints_by_itself()
    {
        var found = await Lane.WriteAsync(unit => Task.FromResult(PragmasOf((SqliteConnection)unit.Connection)));
        found.ShouldBe(["wal", 2L, 1L, 1000L, 0L]);
    }

    [Fact]
    public async Task So_does_a_lane_that_had_to_open_another_connection()
    {
        await HeldAsync(_ => new TaskCompletionSource<int>().Task);
        await The_lane_writes_durably_and_checkpoints_by_itself();
    }

    [Fact]
    public void A_reader_neither_writes_nor_checkpoints()
    {
        using var db = _server.Read();
        db.Database.OpenConnection();
        PragmasOf((SqliteConnection)db.Database.GetDbConnection()).ShouldBe(["wal", 2L, 1L, 0L, 1L]);
    }

    [Fact]
    public async Task A_unit_that_waits_for_something_else_is_rolled_back_with_its_batch_and_can_do_nothing_afterwards()
    {
        WriteUnit late = null!;
        Func<Task>? lateQuery = null;
        var open = new TaskCompletionSource();
        var ended = new TaskCompletionSource<Exception?>();
        await HeldAsync(async unit =>
        {
            late = unit;
            var (connection, db) = ((SqliteConnection)unit.Connection, unit.Db);
            lateQuery = () => db.Database.ExecuteSqlAsync($"INSERT INTO AnsweredTickets VALUES ('late, by EF', 1)");
            await NoteAsync(unit, "held");
            await open.Task;
            ended.SetResult(await Record.ExceptionAsync(() => Task.Run(() => connection.Execute("INSERT INTO AnsweredTickets VALUES ('late', 1)"))));
            return await NoteAsync(unit, "later");
        });
        (await _server.WriteAsync(unit => NoteAsync(unit, "next"))).ShouldBe(1);

        open.SetResult();
        (await ended.Task).ShouldNotBeNull();
        await lateQuery!.ShouldThrowAsync<Exception>();
        Should.Throw<StorageBusyException>(() => late.Connection);
        Should.Throw<StorageBusyException>(() => late.ThenDo(() => { }));
        (await NotesAsync()).ShouldBe(["next"]);
    }

    [Fact]
    public async Task A_statement_that_does_not_end_is_interrupted()
    {
        await HeldAsync(unit => Task.FromResult(((SqliteConnection)unit.Connection).Scalar(Endless) is null ? 0 : 1));
        (await _server.WriteAsync(unit => NoteAsync(unit, "next"))).ShouldBe(1);
        (await NotesAsync()).ShouldBe(["next"]);
    }

    [Fact]
    public async Task A_unit_that_waits_too_long_for_its_turn_is_refused_and_never_runs()
    {
        await Lane.Writer.WaitAsync();
        var waiting = Lane.WriteAsync(unit => NoteAsync(unit, "too late"));
        await UntilAsync(waiting);
        await waiting.ShouldThrowAsync<StorageBusyException>();

        Lane.Writer.Release();
        await Lane.WriteAsync(unit => NoteAsync(unit, "in time"));
        (await NotesAsync()).ShouldBe(["in time"]);
    }

    [Fact]
    public async Task A_caller_that_hangs_up_while_it_waits_is_told_at_once()
    {
        using var impatient = new CancellationTokenSource();
        await Lane.Writer.WaitAsync();
        var waiting = Lane.WriteAsync(unit => NoteAsync(unit, "given up"), impatient.Token);
        await impatient.CancelAsync();
        waiting.IsCanceled.ShouldBeTrue();

        Lane.Writer.Release();
        await Lane.WriteAsync(unit => NoteAsync(unit, "in time"));
        (await NotesAsync()).ShouldBe(["in time"]);
    }

    [Fact]
    public async Task A_statement_that_finds_no_space_is_busy_storage_to_its_caller()
    {
        await Should.ThrowAsync<StorageBusyException>(() => Lane.WriteAsync<int>(_ => throw new SqliteException("full", SQLitePCL.raw.SQLITE_FULL)));
        await Should.ThrowAsync<StorageBusyException>(() => Lane.WriteAsync<int>(_ => throw new DbUpdateException("wrapped", new SqliteException("io", SQLitePCL.raw.SQLITE_IOERR))));
    }

    [Fact]
    public async Task Identity_does_not_wait_for_its_turn_without_bound()
    {
        await Lane.Writer.WaitAsync();
        var save = SaveRoleAsync();
        await UntilAsync(save);
        await save.ShouldThrowAsync<StorageBusyException>();
        Lane.Writer.CurrentCount.ShouldBe(0, "it never had the turn, so it may not give it away");
        Lane.Writer.Release();
    }

    [Fact]
    public async Task A_save_of_Identity_that_does_not_end_is_interrupted_and_the_lane_goes_on()
    {
        await _server.WriteAsync(unit => unit.Db.Database.ExecuteSqlRawAsync($"CREATE TRIGGER Held AFTER INSERT ON AspNetRoles BEGIN {Endless}; END"));
        var save = SaveRoleAsync();
        await UntilAsync(save);
        await save.ShouldThrowAsync<StorageBusyException>();
        Lane.Writer.CurrentCount.ShouldBe(1);
        (await _server.WriteAsync(unit => NoteAsync(unit, "next"))).ShouldBe(1);
    }

    [Fact]
    public async Task Identity_s_save_under_a_lock_of_another_process_is_busy_storage()
    {
        using var other = new SqliteConnection($"Data Source={_server.Get<SqliteDatabase>().FilePath};Pooling=False");
        other.Open();
        other.Execute("BEGIN IMMEDIATE");

        // So long did it wait for its turn that one second is left for the lock.
        await Lane.Writer.WaitAsync();
        var save = SaveRoleAsync();
        _server.Time.Advance(SqliteWriteLane.Patience - TimeSpan.FromMilliseconds(1));
        Lane.Writer.Release();
        await save.ShouldThrowAsync<StorageBusyException>();
        other.Execute("ROLLBACK");
        await SaveRoleAsync();
    }

    /// <summary>Runs a unit that does not end, with one before it in the same batch, until both are refused.</summary>
    private async Task HeldAsync(Func<WriteUnit, Task<int>> work)
    {
        await Lane.Writer.WaitAsync();
        var before = Lane.WriteAsync(unit => NoteAsync(unit, "before"));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = Lane.WriteAsync(unit =>
        {
            begun.SetResult();
            return work(unit);
        });
        Lane.Writer.Release();
        // Both are in one batch before the clock moves: a batch takes no more units after a second of it.
        await begun.Task;
        await UntilAsync(held);
        await held.ShouldThrowAsync<StorageBusyException>();
        await before.ShouldThrowAsync<StorageBusyException>();
    }

    private async Task UntilAsync(Task answered)
    {
        // Hours on the server's clock, seconds on the wall's.
        for (var step = 0; step < 2_000 && !answered.IsCompleted; step++)
        {
            _server.Time.Advance(Step);
            await Task.WhenAny(answered, Task.Delay(10));
        }

        answered.IsCompleted.ShouldBeTrue("nothing ended the wait");
    }

    private async Task<int> SaveRoleAsync()
    {
        await using var scope = _server.Get<IServiceScopeFactory>().CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SqliteAuthDbContext>();
        db.Roles.Add(new IdentityRole("Another"));
        return await Task.Run(() => db.SaveChangesAsync());
    }

    private static object?[] PragmasOf(SqliteConnection connection) =>
        [.. Pragmas.Select(name => connection.Scalar($"PRAGMA {name}"))];

    private static Task<int> NoteAsync(WriteUnit unit, string text) =>
        unit.Db.Database.ExecuteSqlAsync($"INSERT INTO AnsweredTickets (TicketId, ExpiresAt) VALUES ({text}, {long.MaxValue})");

    private async Task<string[]> NotesAsync()
    {
        await using var db = _server.Read();
        return await db.Database.SqlQuery<string>($"SELECT TicketId AS Value FROM AnsweredTickets ORDER BY rowid").ToArrayAsync();
    }
}
