using AuthCore.Audit;
using AuthCore.Hooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using UnitTests.AuthCore.TestKit;
using UnitTests.TestKit;

namespace UnitTests.AuthCore.Hooks;

/// <summary>Who is asked, in which order, and what counts as a no.</summary>
public sealed class DecisionHooksTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private AuthServer _server = null!;

    public async Task InitializeAsync() => _server = await AuthServer.StartWithAsync(services => services
        .AddLogging(logging => logging.AddProvider(_log))
        .AddDecisionHook<Opening, EarlierVeto>()
        .AddDecisionHook<Decision, ScriptedVeto>());

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private IDecisionHooks Hooks => _server.Get<IDecisionHooks>();

    private ScriptedVeto Veto => _server.Get<ScriptedVeto>();

    [Fact]
    public async Task What_no_hook_refuses_is_allowed_and_leaves_no_line()
    {
        (await Hooks.DecideAsync(new Opening("door"), default)).ShouldBe(Verdict.Allow);
        Veto.Asked.ShouldBe([new Opening("door")]);
        (await VetoesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_refusal_counts_and_nobody_is_asked_after_it()
    {
        _server.Get<EarlierVeto>().Refuses = true;
        Veto.RefuseAll();

        (await Hooks.DecideAsync(new Opening("door"), default)).ShouldBe(Verdict.Refuse("earlier"));
        Veto.Asked.ShouldBeEmpty();
        (await VetoesAsync()).ShouldBe([new DecisionVetoed("test.open", "door", typeof(EarlierVeto).FullName!, "earlier", "client-1", "user-1", 0)]);
    }

    [Fact]
    public async Task A_hook_is_asked_about_its_own_kind_of_decision_alone()
    {
        _server.Get<EarlierVeto>().Refuses = true;
        (await Hooks.DecideAsync(new Closing(), default)).ShouldBe(Verdict.Allow);
    }

    [Fact]
    public async Task A_hook_that_throws_refuses()
    {
        Veto.Says = _ => throw new InvalidOperationException("the policy server is down");
        (await Hooks.DecideAsync(new Opening("door"), default)).ShouldBe(Verdict.Refuse("hook_failed"));
        (await VetoesAsync()).Single().Reason.ShouldBe("hook_failed");
        _log.Lines.Count(line => line.Contains(" Error ", StringComparison.Ordinal) && line.Contains("the policy server is down", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_hook_that_says_nothing_refuses()
    {
        Veto.Says = _ => new ValueTask<Verdict>((Verdict)null!);
        (await Hooks.DecideAsync(new Opening("door"), default)).ShouldBe(Verdict.Refuse("hook_failed"));
    }

    [Fact]
    public async Task A_hook_that_throws_a_timeout_of_its_own_has_failed() => await RefusesAsync(_ => throw new TimeoutException(), "hook_failed");

    [Fact]
    public async Task A_hook_that_takes_too_long_refuses_and_is_told_that_time_is_over()
    {
        var token = CancellationToken.None;
        Veto.Says = over =>
        {
            token = over;
            return new(new TaskCompletionSource<Verdict>().Task);
        };
        var deciding = Hooks.DecideAsync(new Opening("door"), default).AsTask();
        _server.Time.Advance(DecisionHooks.LongestDecision - TimeSpan.FromMilliseconds(1));
        deciding.IsCompleted.ShouldBeFalse();
        _server.Time.Advance(TimeSpan.FromMilliseconds(1));

        (await deciding.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(Verdict.Refuse("hook_too_slow"));
        token.IsCancellationRequested.ShouldBeTrue();
        (await VetoesAsync()).Single().Reason.ShouldBe("hook_too_slow");
        _log.Lines.Count(line => line.Contains(" Error ", StringComparison.Ordinal) && line.Contains("took longer than 00:00:05", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_decided_once_the_caller_has_gone()
    {
        using var gone = new CancellationTokenSource();
        Veto.Says = _ => new(new TaskCompletionSource<Verdict>().Task);
        var deciding = Hooks.DecideAsync(new Opening("door"), gone.Token).AsTask();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(deciding);
        (await VetoesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_vetoes_of_one_minute_do_not_fill_the_audit_trail_and_are_counted()
    {
        Veto.RefuseAll();
        for (var veto = 0; veto < VetoAllowance.ListedOneByOne + 4; veto++)
        {
            (await Hooks.DecideAsync(new Opening("door"), default)).ShouldBeOfType<Verdict.Refused>();
        }

        await Hooks.DecideAsync(new Closing(), default);
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        await Hooks.DecideAsync(new Opening("door"), default);

        var vetoes = await VetoesAsync();
        vetoes.Count(veto => veto.Unlisted == 0).ShouldBe(VetoAllowance.ListedOneByOne + 1);
        vetoes[^1].Unlisted.ShouldBe(4);
    }

    private async Task RefusesAsync(Func<CancellationToken, ValueTask<Verdict>> says, string reason)
    {
        Veto.Says = says;
        (await Hooks.DecideAsync(new Opening("door"), default)).ShouldBe(Verdict.Refuse(reason));
    }

    private async Task<IReadOnlyList<DecisionVetoed>> VetoesAsync()
    {
        await using var db = _server.Read();
        var lines = await db.Facts().Where(line => line.Name == "decision.vetoed").OrderBy(line => line.Sequence).ToListAsync();
        return [.. lines.Select(line => _server.Get<FactCatalog>().Read(line)).OfType<DecisionVetoed>()];
    }

    private sealed record Opening(string What) : Decision
    {
        public override string Kind => "test.open";

        public override string Subject => What;

        public override string Client => "client-1";

        public override string User => "user-1";
    }

    private sealed record Closing : Decision
    {
        public override string Kind => "test.close";

        public override string Subject => "door";
    }

    private sealed class EarlierVeto : IDecisionHook<Opening>
    {
        public bool Refuses { get; set; }

        public ValueTask<Verdict> DecideAsync(Opening decision, CancellationToken cancellationToken) => new(Refuses ? Verdict.Refuse("earlier") : Verdict.Allow);
    }
}
