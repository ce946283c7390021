using AdminConsole.Shared.Lists;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.Extensions.Logging.Abstractions;
using UnitTests.TestKit;

namespace UnitTests.Console.Shared.Lists;

public sealed class LiveListTests : IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly ManualFeed _feed = new();
    private readonly LiveList<string> _list;
    private Func<ListState, CancellationToken, Task<Page<string>>> _read;
    private List<string> _stored = ["b", "a"];
    private int _reads;

    public LiveListTests()
    {
        _read = (_, _) => Task.FromResult(new Page<string>(_stored, _stored.Count));
        var source = new ListSource<string>("letters", new ListSchema([]), ChangeTopics.Families, row => row, (state, token) =>
        {
            _reads++;
            return _read(state, token);
        });
        _list = new LiveList<string>(source, _feed, _clock, NullLogger.Instance, work => work());
    }

    public void Dispose() => _list.Dispose();

    [Fact]
    public async Task Changes_that_come_together_are_read_once()
    {
        await _list.ShowAsync(new ListState());

        for (var n = 0; n < 100; n++)
        {
            _stored = [$"new{n}", "b", "a"];
            _feed.Say(ChangeTopics.Families);
        }

        _clock.Advance(Follower.GatherFor);

        _reads.ShouldBe(2);
        Shown().ShouldBe(["new99", "b", "a"]);
    }

    [Fact]
    public async Task Changes_of_other_things_are_not_read()
    {
        await _list.ShowAsync(new ListState());

        _feed.Say(ChangeTopics.Audit);
        _clock.Advance(TimeSpan.FromMinutes(1));

        _reads.ShouldBe(1);
    }

    [Fact]
    public async Task While_paused_nothing_is_read_and_resuming_catches_up()
    {
        await _list.ShowAsync(new ListState());
        _list.Pause();
        Change("c", "b", "a");

        Shown().ShouldBe(["b", "a"]);
        (_list.Behind, _reads).ShouldBe((true, 1));
        await _list.ResumeAsync();

        Shown().ShouldBe(["c", "b", "a"]);
        _list.Behind.ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_person_works_in_it_no_row_moves()
    {
        await _list.ShowAsync(new ListState());
        _list.InUse = true;

        Change("c", "b");

        Shown().ShouldBe(["b", "a"]);
        _list.Waiting.ShouldBe(1);
        _list.Total.ShouldBe(2);
    }

    [Fact]
    public async Task While_a_row_is_open_no_row_moves()
    {
        await _list.ShowAsync(new ListState { Open = "b" });

        Change("c", "b", "a");

        Shown().ShouldBe(["b", "a"]);
        await _list.RenewAsync();
        Shown().ShouldBe(["c", "b", "a"]);
        _list.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_role_that_was_taken_away_empties_the_list()
    {
        await _list.ShowAsync(new ListState());
        _read = (_, _) => throw new AccessDeniedException(Roles.Viewer);

        Change();

        _list.Trouble.ShouldBe(ListTrouble.Denied);
        _list.Rows.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_was_denied_stops_following_until_it_is_asked_again()
    {
        await _list.ShowAsync(new ListState());
        var allowed = _read;
        _read = (_, _) =>
        {
            _feed.Say(ChangeTopics.Families); // The refusal itself is a line in the trail that the list may be following.
            throw new AccessDeniedException(Roles.Viewer);
        };
        Change();
        for (var turn = 0; turn < 10; turn++)
        {
            _clock.Advance(Follower.GatherFor);
        }

        _reads.ShouldBe(2);
        _read = allowed;
        await _list.RenewAsync();
        Change("c");
        (_reads, _list.Trouble).ShouldBe((4, ListTrouble.None));
        Shown().ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_leaves_what_was_read_and_the_next_answer_heals()
    {
        await _list.ShowAsync(new ListState());
        var working = _read;
        _read = (_, _) => throw new StorageBusyException("busy");
        Change("c");

        _list.Trouble.ShouldBe(ListTrouble.Unavailable);
        Shown().ShouldBe(["b", "a"]);

        _read = working;
        Change("c");
        _list.Trouble.ShouldBe(ListTrouble.None);
        Shown().ShouldBe(["c"]);
    }

    [Fact]
    public async Task An_answer_to_an_older_question_is_not_shown()
    {
        var slow = new TaskCompletionSource<Page<string>>();
        _read = (state, _) => state.Search == "slow" ? slow.Task : Task.FromResult(new Page<string>(["quick"], 1));

        var older = _list.ShowAsync(new ListState { Search = "slow" });
        await _list.ShowAsync(new ListState { Search = "quick" });
        slow.SetResult(new Page<string>(["slow"], 1));
        await older;

        Shown().ShouldBe(["quick"]);
        _list.Loading.ShouldBeFalse();
    }

    [Fact]
    public async Task A_closed_list_no_longer_listens()
    {
        await _list.ShowAsync(new ListState());

        _list.Dispose();
        Change("c");
        await _list.RenewAsync();

        _feed.Subscribers.ShouldBe(0);
        _reads.ShouldBe(1);
    }

    private void Change(params string[] stored)
    {
        _stored = [.. stored];
        _feed.Say(ChangeTopics.Families);
        _clock.Advance(Follower.GatherFor);
    }

    private string[] Shown() => [.. _list.Rows.ShouldNotBeNull().Select(row => row.Value)];
}
