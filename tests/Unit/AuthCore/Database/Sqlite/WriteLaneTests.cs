using AuthCore.Database.Sqlite;
using AuthCore.Grants;
using AuthCore.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Database.Sqlite;

public sealed class WriteLaneTests : IAsyncLifetime
{
    private AuthServer _server = null!;

    private IWriteLane Lane => _server.Get<IWriteLane>();

    public async Task InitializeAsync() => _server = await AuthServer.StartAsync(("Database:LaneCapacity", "16"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task No_caller_is_answered_before_the_commit_that_made_the_write_durable()
    {
        var gate = new Gate(Lane);
        await gate.Entered;
        var first = NoteAsync("first");
        var second = new Gate(Lane);
        gate.Open();
        await second.Entered;

        first.IsCompleted.ShouldBeFalse("its unit has run, but the batch is not committed");
        (await NotesAsync()).ShouldBeEmpty();

        second.Open();
        await first;
        (await NotesAsync()).ShouldBe(["first"]);
    }

    [Fact]
    public async Task Units_that_wait_together_share_one_transaction()
    {
        var gate = new Gate(Lane);
        await gate.Entered;
        var waiting = Enumerable.Range(0, 10).Select(_ => Lane.WriteAsync(unit => Task.FromResult(unit.Transaction))).ToArray();
        gate.Open();

        (await Task.WhenAll(waiting)).Distinct().ShouldHaveSingleItem();
        var later = await Lane.WriteAsync(unit => Task.FromResult(unit.Transaction));
        later.ShouldNotBeSameAs(await waiting[0]);
    }

    [Fact]
    public async Task A_batch_takes_no_more_units_than_it_may()
    {
        await using var server = await AuthServer.StartAsync(("Database:LaneBatch", "3"));
        var lane = server.Get<IWriteLane>();
        var gate = new Gate(lane);
        await gate.Entered;
        var waiting = Enumerable.Range(0, 8).Select(_ => lane.WriteAsync(unit => Task.FromResult(unit.Transaction))).ToArray();
        gate.Open();

        (await Task.WhenAll(waiting)).GroupBy(transaction => transaction).Select(batch => batch.Count()).ShouldAllBe(count => count <= 3);
    }

    [Fact]
    public async Task A_unit_that_fails_rolls_back_alone_and_tells_its_own_caller()
    {
        var gate = new Gate(Lane);
        await gate.Entered;
        var before = NoteAsync("before");
        var failing = Lane.WriteAsync<int>(async unit =>
        {
            await AppendAsync(unit, "failing");
            throw new InvalidTimeZoneException("mine");
        });
        var after = NoteAsync("after");
        gate.Open();

        await Task.WhenAll(before, after);
        (await failing.ShouldThrowAsync<InvalidTimeZoneException>()).Message.ShouldBe("mine");
        (await NotesAsync()).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_statement_that_the_database_refuses_fails_its_unit_alone()
    {
        var gate = new Gate(Lane);
        await gate.Entered;
        var refused = Lane.WriteAsync(unit => unit.Db.Database.ExecuteSqlAsync($"INSERT INTO AnsweredTickets (TicketId, ExpiresAt) VALUES (NULL, 1)"));
        var other = NoteAsync("other");
        gate.Open();

        await other;
        await refused.ShouldThrowAsync<SqliteException>();
        (await NotesAsync()).ShouldBe(["other"]);
    }

    [Fact]
    public async Task What_follows_from_a_fact_follows_after_the_commit_and_before_the_answer()
    {
        var durable = 0;
        var answered = true;
        var gate = new Gate(Lane);
        await gate.Entered;
        Task<int>? write = null;
        write = Lane.WriteAsync(async unit =>
        {
            unit.ThenDo(() =>
            {
                durable = NotesAsync().GetAwaiter().GetResult().Length;
                answered = write!.IsCompleted;
            });
            await AppendAsync(unit, "note");
            return 1;
        });
        gate.Open();
        await write;

        durable.ShouldBe(1);
        answered.ShouldBeFalse();
    }

    [Fact]
    public async Task A_projection_that_throws_takes_no_answer_away()
    {
        var answer = await Lane.WriteAsync(unit =>
        {
            unit.ThenDo(() => throw new InvalidOperationException("as the test asked"));
            return Task.FromResult("durable");
        });
        answer.ShouldBe("durable");
        await NoteAsync("the lane goes on");
    }

    [Fact]
    public async Task What_a_rolled_back_unit_recorded_is_never_followed()
    {
        List<string> ran = [];
        var gate = new Gate(Lane);
        await gate.Entered;
        var kept = Lane.WriteAsync(unit => RegisterAsync(unit, "kept"));
        var failing = Lane.WriteAsync<int>(async unit =>
        {
            await RegisterAsync(unit, "failing");
            throw new InvalidTimeZoneException();
        });
        var alsoKept = Lane.WriteAsync(unit => RegisterAsync(unit, "also kept"));
        gate.Open();

        await failing.ShouldThrowAsync<InvalidTimeZoneException>();
        await Task.WhenAll(kept, alsoKept);
        ran.ShouldBe(["kept", "also kept"]);

        Task<int> RegisterAsync(WriteUnit unit, string what)
        {
            unit.ThenDo(() => ran.Add(what));
            return Task.FromResult(0);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_part_that_is_not_to_be_kept_is_undone_with_what_it_recorded_and_the_unit_goes_on(bool kept)
    {
        List<string> ran = [];
        await Lane.WriteAsync(async unit =>
        {
            await AppendAsync(unit, "before");
            await unit.NestAsync(
                async () =>
                {
                    unit.ThenDo(() => ran.Add("part"));
                    return await AppendAsync(unit, "part");
                },
                _ => kept);
            unit.ThenDo(() => ran.Add("after"));
            return await AppendAsync(unit, "after");
        });

        (await NotesAsync()).ShouldBe(kept ? ["before", "part", "after"] : ["before", "after"]);
        ran.ShouldBe(kept ? ["part", "after"] : ["after"]);
    }

    [Fact]
    public async Task A_part_that_throws_is_undone_and_the_unit_may_go_on()
    {
        List<string> ran = [];
        await Lane.WriteAsync(async unit =>
        {
            await Should.ThrowAsync<InvalidTimeZoneException>(() => unit.NestAsync<int>(
                async () =>
                {
                    unit.ThenDo(() => ran.Add("part"));
                    await AppendAsync(unit, "part");
                    throw new InvalidTimeZoneException();
                },
                _ => true));
            return await AppendAsync(unit, "after");
        });

        (await NotesAsync()).ShouldBe(["after"]);
        ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once()
    {
        var gate = new Gate(Lane);
        await gate.Entered;
        List<Task<int>> waiting = [];
        Task<int>? refused = null;
        while (refused is null && waiting.Count < 100)
        {
            var note = NoteAsync($"note {waiting.Count}");
            if (note.IsFaulted)
            {
                refused = note;
            }
            else
            {
                waiting.Add(note);
            }
        }

        // The host's own tidying up may wait there too.
        waiting.Count.ShouldBeInRange(14, 16);
        await refused.ShouldNotBeNull().ShouldThrowAsync<StorageBusyException>();

        gate.Open();
        await Task.WhenAll(waiting);
        (await NotesAsync()).Length.ShouldBe(waiting.Count);
        await NoteAsync("there is room again");
    }

    [Fact]
    public async Task A_commit_that_fails_fails_the_whole_batch_and_none_after_it()
    {
        List<string> ran = [];
        var gate = new Gate(Lane);
        await gate.Entered;
        var innocent = Lane.WriteAsync(async unit =>
        {
            unit.ThenDo(() => ran.Add("innocent"));
            await AppendAsync(unit, "innocent");
            return 1;
        });

        // A lineage row of no family, with the check put off until the commit.
        var orphan = Lane.WriteAsync(async unit =>
        {
            await unit.Db.Database.ExecuteSqlAsync($"PRAGMA defer_foreign_keys = ON");
            unit.Db.Generations().Add(new FamilyGeneration { FamilyId = "none", Generation = 1, At = unit.Now, Outcome = GenerationOutcome.Issued });
            return await unit.Db.SaveChangesAsync();
        });
        gate.Open();

        await gate.Answer.ShouldThrowAsync<StorageBusyException>();
        await innocent.ShouldThrowAsync<StorageBusyException>();
        await orphan.ShouldThrowAsync<StorageBusyException>();
        ran.ShouldBeEmpty();
        (await NotesAsync()).ShouldBeEmpty();

        await NoteAsync("after");
        (await NotesAsync()).ShouldBe(["after"]);
    }

    [Fact]
    public async Task A_transaction_that_is_lost_halfway_fails_everybody_in_the_batch()
    {
        var gate = new Gate(Lane);
        await gate.Entered;
        var innocent = NoteAsync("innocent");
        var losing = Lane.WriteAsync(unit => unit.Db.Database.ExecuteSqlAsync($"ROLLBACK"));
        gate.Open();

        await innocent.ShouldThrowAsync<StorageBusyException>();
        await losing.ShouldThrowAsync<StorageBusyException>();
        await NoteAsync("after");
        (await NotesAsync()).ShouldBe(["after"]);
    }

    [Fact]
    public async Task A_unit_that_is_canceled_while_it_waits_never_runs()
    {
        var ran = false;
        using var impatient = new CancellationTokenSource();
        var gate = new Gate(Lane);
        await gate.Entered;
        var canceled = Lane.WriteAsync(_ => Task.FromResult(ran = true), impatient.Token);
        var other = NoteAsync("other");
        await impatient.CancelAsync();
        gate.Open();

        await other;
        await canceled.ShouldThrowAsync<OperationCanceledException>();
        canceled.IsCanceled.ShouldBeTrue();
        ran.ShouldBeFalse();
    }

    [Fact]
    public async Task A_unit_that_has_begun_is_finished_although_it_is_canceled()
    {
        using var impatient = new CancellationTokenSource();
        await Lane.WriteAsync(
            async unit =>
            {
                await impatient.CancelAsync();
                return await AppendAsync(unit, "begun");
            },
            impatient.Token);
        (await NotesAsync()).ShouldBe(["begun"]);
    }

    [Fact]
    public async Task Every_row_that_was_acknowledged_is_there_after_the_lane_was_disposed_among_writers()
    {
        var begun = new CountdownEvent(8);
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            List<string> acknowledged = [];
            for (var index = 0; ; index++)
            {
                try
                {
                    await NoteAsync($"{writer}/{index}");
                    acknowledged.Add($"{writer}/{index}");
                }
                catch (StorageBusyException)
                {
                    return acknowledged;
                }
                finally
                {
                    if (index == 10)
                    {
                        begun.Signal();
                    }
                }
            }
        })).ToArray();
        await Task.Run(begun.Wait);
        await _server.Get<SqliteWriteLane>().DisposeAsync();

        var acknowledged = (await Task.WhenAll(writers)).SelectMany(list => list).ToArray();
        acknowledged.Length.ShouldBeGreaterThan(80);
        (await NotesAsync()).Order(StringComparer.Ordinal).ShouldBe(acknowledged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whole_milliseconds_are_what_a_unit_calls_now()
    {
        _server.Time.Advance(TimeSpan.FromTicks(12_345));
        (await Lane.WriteAsync(unit => Task.FromResult(unit.Now))).Ticks.ShouldBe(_server.Time.GetUtcNow().Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond);
    }

    private Task<int> NoteAsync(string text) => Lane.WriteAsync(unit => AppendAsync(unit, text));

    private static Task<int> AppendAsync(WriteUnit unit, string text) =>
        unit.Db.Database.ExecuteSqlAsync($"INSERT INTO AnsweredTickets (TicketId, ExpiresAt) VALUES ({text}, {long.MaxValue})");

    private async Task<string[]> NotesAsync()
    {
        await using var db = _server.Read();
        return await db.Database.SqlQuery<string>($"SELECT TicketId AS Value FROM AnsweredTickets ORDER BY rowid").ToArrayAsync();
    }

    /// <summary>A unit that holds the lane until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Gate(IWriteLane lane) => Answer = lane.WriteAsync(async _ =>
        {
            _entered.SetResult();
            await _open.Task;
            return true;
        });

        public Task<bool> Answer { get; }

        public Task Entered => _entered.Task;

        public void Open() => _open.SetResult();
    }
}
