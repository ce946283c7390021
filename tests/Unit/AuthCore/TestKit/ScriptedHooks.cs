using System.Collections.Concurrent;
using AuthCore.Hooks;
using AuthCore.Storage.Facts;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.TestKit;

/// <summary>Says of every decision what the test has told it to say.</summary>
internal sealed class ScriptedVeto : IDecisionHook<Decision>
{
    public const string Reason = "not_on_sundays";

    private readonly ConcurrentQueue<Decision> _asked = [];

    public IEnumerable<Decision> Asked => _asked;

    public Func<CancellationToken, ValueTask<Verdict>> Says { get; set; } = _ => new(Verdict.Allow);

    public void RefuseAll() => Says = _ => new(Verdict.Refuse(Reason));

    public void AllowAll() => Says = _ => new(Verdict.Allow);

    public ValueTask<Verdict> DecideAsync(Decision decision, CancellationToken cancellationToken)
    {
        _asked.Enqueue(decision);
        return Says(cancellationToken);
    }
}

/// <summary>Notes what it hears, and does what the test has told it to do.</summary>
internal abstract class ScriptedFactHook<TFact> : IFactHook<TFact>
    where TFact : Fact
{
    private readonly ConcurrentQueue<(TFact Fact, FactContext Context)> _heard = [];
    private readonly SemaphoreSlim _told = new(0);

    public IEnumerable<TFact> Heard => _heard.Select(heard => heard.Fact);

    public IEnumerable<FactContext> Contexts => _heard.Select(heard => heard.Context);

    public Func<TFact, CancellationToken, Task> Does { get; set; } = (_, _) => Task.CompletedTask;

    public Task HandleAsync(TFact fact, FactContext context, CancellationToken cancellationToken)
    {
        _heard.Enqueue((fact, context));
        _told.Release();
        return Does(fact, cancellationToken);
    }

    /// <summary>Waits until it has been told that many more.</summary>
    public async Task HearsAsync(int count)
    {
        for (var told = 0; told < count; told++)
        {
            (await _told.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        }
    }
}

internal sealed class FirstHook : ScriptedFactHook<TestDone>;

internal sealed class SecondHook : ScriptedFactHook<TestDone>;

internal sealed class HookForAll : ScriptedFactHook<Fact>;
