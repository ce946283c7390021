using AuthCore.Hooks;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Hooks;

/// <summary>Hooks hear what was committed, in order, and cannot harm who did it.</summary>
public sealed class FactHooksTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private AuthServer _server = null!;

    public async Task InitializeAsync() => _server = await AuthServer.StartWithAsync(services => services
        .AddLogging(logging => logging.AddProvider(_log))
        .AddFactHook<TestDone, FirstHook>()
        .AddFactHook<TestDone, SecondHook>()
        .AddFactHook<Fact, HookForAll>());

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_host_that_is_stopped_from_two_sides_ends_without_an_error()
    {
        var server = await AuthServer.StartAsync();
        var hooks = server.Get<FactHooks>();
        await server.DisposeAsync();
        await hooks.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Hooks_run_in_the_order_of_their_registration_and_facts_in_the_order_of_their_commits()
    {
        List<string> order = [];
        _server.Get<FirstHook>().Does = (fact, _) => Note("first", fact);
        _server.Get<SecondHook>().Does = (fact, _) => Note("second", fact);

        await RecordAsync("a");
        await RecordAsync("b");
        await _server.Get<HookForAll>().HearsAsync(2);

        order.ShouldBe(["first a", "second a", "first b", "second b"]);

        async Task Note(string hook, TestDone fact)
        {
            await Task.Yield();
            order.Add($"{hook} {fact.To}");
        }
    }

    [Fact]
    public async Task A_hook_that_throws_fails_neither_the_request_nor_the_next_hook_and_is_in_the_log()
    {
        _server.Get<FirstHook>().Does = (_, _) => throw new InvalidOperationException("the chat is down");

        await RecordAsync("a");
        await _server.Get<SecondHook>().HearsAsync(1);

        _server.Get<SecondHook>().Heard.Select(fact => fact.To).ShouldBe(["a"]);
        _log.Lines.Single(line => line.Contains("the chat is down", StringComparison.Ordinal))
            .ShouldStartWith("AuthCore.Hooks.FactHooks Error Hook UnitTests.AuthCore.TestKit.FirstHook failed with the fact test.done; the next one runs");
    }

    [Fact]
    public async Task Nobody_waits_for_a_hook()
    {
        var release = new TaskCompletionSource();
        _server.Get<FirstHook>().Does = (_, _) => release.Task;

        await RecordAsync("a");
        await RecordAsync("b");
        await _server.Get<FirstHook>().HearsAsync(1);

        _server.Get<SecondHook>().Heard.ShouldBeEmpty();
        release.SetResult();
        await _server.Get<SecondHook>().HearsAsync(2);
    }

    [Fact]
    public async Task A_hook_that_does_not_end_is_given_up_after_half_a_minute()
    {
        _server.Get<FirstHook>().Does = (_, over) => Task.Delay(Timeout.InfiniteTimeSpan, over);
        await RecordAsync("a");
        await _server.Get<FirstHook>().HearsAsync(1);

        _server.Time.Advance(FactHooks.LongestRun);

        await _server.Get<SecondHook>().HearsAsync(1);
    }

    [Fact]
    public async Task A_hook_for_all_facts_hears_those_that_are_kept_with_their_time_and_origin()
    {
        await _server.WriteAsync(unit =>
        {
            unit.ThenDo(() => { });
            unit.Record(new TestDone("actor", "subject"), new FactOrigin("192.0.2.7", "request-1"));
            return Task.FromResult(true);
        });
        await _server.Get<HookForAll>().HearsAsync(1);

        _server.Get<HookForAll>().Heard.ShouldBe([new TestDone("actor", "subject")]);
        _server.Get<HookForAll>().Contexts.ShouldBe([new FactContext(_server.Time.GetUtcNow(), new FactOrigin("192.0.2.7", "request-1"))]);
    }

    [Fact]
    public async Task What_was_rolled_back_reaches_no_hook()
    {
        await Should.ThrowAsync<InvalidOperationException>(_server.WriteAsync<bool>(unit =>
        {
            unit.Record(new TestDone("actor", "never"));
            throw new InvalidOperationException();
        }));
        await RecordAsync("a");
        await _server.Get<HookForAll>().HearsAsync(1);

        _server.Get<FirstHook>().Heard.Select(fact => fact.To).ShouldBe(["a"]);
    }

    [Fact]
    public void A_full_queue_drops_the_newest_and_says_so_once_until_it_flows_again()
    {
        var queue = QueueOf();
        for (var fact = 0; fact < FactQueue.Capacity + 3; fact++)
        {
            queue.Apply(Recorded($"{fact}"));
        }

        queue.Reader.Count.ShouldBe(FactQueue.Capacity);
        Told("Hooks are too slow").ShouldBe(1);
        Told("Facts reach hooks again").ShouldBe(0);

        for (var taken = 0; taken <= FactQueue.Capacity / 2; taken++)
        {
            queue.Reader.TryRead(out var next).ShouldBeTrue();
            ((TestDone)next.Fact).To.ShouldBe($"{taken}");
        }

        queue.Apply(Recorded("after"));
        Told("Facts reach hooks again; 3 were dropped").ShouldBe(1);
    }

    [Fact]
    public async Task The_end_of_the_host_waits_for_what_is_queued()
    {
        var (queue, hooks) = RunnerOf();
        var release = new TaskCompletionSource();
        _server.Get<FirstHook>().Does = (_, _) => release.Task;
        queue.Apply(Recorded("a"));
        queue.Apply(Recorded("b"));

        var stopping = hooks.StopAsync(CancellationToken.None);
        stopping.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await stopping;

        _server.Get<FirstHook>().Heard.Select(fact => fact.To).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task The_end_of_the_host_waits_a_few_seconds_and_no_longer()
    {
        var (queue, hooks) = RunnerOf();
        _server.Get<FirstHook>().Does = (_, _) => new TaskCompletionSource().Task;
        queue.Apply(Recorded("a"));
        queue.Apply(Recorded("b"));
        await _server.Get<FirstHook>().HearsAsync(1);

        var stopping = hooks.StopAsync(CancellationToken.None);
        _server.Time.Advance(FactHooks.PatienceAtTheEnd);
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        Told("The host ended before hooks were told of the last 1 facts").ShouldBe(1);
    }

    [Fact]
    public async Task A_host_whose_hook_cannot_be_made_does_not_start() => (await Should.ThrowAsync<InvalidOperationException>(
        AuthServer.StartWithAsync(services => services.AddDecisionHook<Decision, HookThatCannotBeMade>()))).Message.ShouldBe("no key for the chat");

    private Task RecordAsync(string subject) => _server.Get<IWriteLane>().RecordAsync(new TestDone("actor", subject));

    private int Told(string words) => _log.Lines.Count(line => line.Contains(words, StringComparison.Ordinal));

    private RecordedFact Recorded(string subject) => new(new TestDone("actor", subject), _server.Time.GetUtcNow(), FactOrigin.Host);

    private FactQueue QueueOf() => new([new RegisteredFactHook<TestDone, FirstHook>()], _server.Get<AuthCoreMeter>(), _server.Get<ILogger<FactQueue>>());

    private (FactQueue Queue, FactHooks Hooks) RunnerOf()
    {
        var queue = QueueOf();
        var hooks = new FactHooks(
            _server.Get<IServiceProvider>(), [new RegisteredFactHook<TestDone, FirstHook>()], [], queue, _server.Time, _server.Get<ILogger<FactHooks>>());
        hooks.StartAsync(CancellationToken.None);
        return (queue, hooks);
    }

    private sealed class HookThatCannotBeMade : IDecisionHook<Decision>
    {
        public HookThatCannotBeMade() => throw new InvalidOperationException("no key for the chat");

        public ValueTask<Verdict> DecideAsync(Decision decision, CancellationToken cancellationToken) => new(Verdict.Allow);
    }
}
