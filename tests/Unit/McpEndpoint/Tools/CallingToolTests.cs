using AuthCore.Hooks;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.AuthCore.TestKit;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Tools;

/// <summary>A hook that refuses a call of a tool.</summary>
public sealed class CallingToolTests : IAsyncLifetime
{
    private int _calls;
    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await McpHost.StartAsync(services => services
        .AddSingleton<ActionScript>()
        .AddMcpTool<TransactionalAction>()
        .AddMcpTool(new("counts", ToolAccess.Scopes("write"), ToolRisk.Change, "Counts."), (string what) => $"{what} {++_calls}")
        .AddMcpTool(new("open", ToolAccess.Public, ToolRisk.Read, "Is open to all."), () => "open")
        .AddDecisionHook<CallingTool, ScriptedToolVeto>());

    public async Task DisposeAsync() => await _host.DisposeAsync();

    private ScriptedToolVeto Veto => _host.Services.GetRequiredService<ScriptedToolVeto>();

    [Fact]
    public async Task A_refused_call_is_a_tool_error_and_the_tool_does_not_run()
    {
        var token = _host.Tokens.Issue("write");
        Veto.Refuses = true;
        var reply = await _host.CallAsync("counts", new() { ["what"] = "it" }, token);

        reply.Result!.ToJsonString().ShouldBe("""{"content":[{"type":"text","text":"Nothing was done: the server does not allow this call of counts."}],"isError":true}""");
        _calls.ShouldBe(0);
        var asked = Veto.Asked.ShouldHaveSingleItem();
        (asked.Tool, asked.IsConfirmation, asked.Grant!.UserId, asked.Grant.ClientId, asked.Arguments["what"].GetString()).ShouldBe(("counts", false, "user-1", "client-1", "it"));
        _host.Facts.Kept.ShouldBe([new DecisionVetoed("tool.call", "counts", typeof(ScriptedToolVeto).FullName!, ScriptedVeto.Reason, "client-1", "user-1", 0)]);

        Veto.Refuses = false;
        (await _host.CallAsync("counts", new() { ["what"] = "it" }, token)).Text.ShouldBe("it 1");
    }

    [Fact]
    public async Task A_call_without_the_scope_is_refused_before_any_hook()
    {
        Veto.Refuses = true;
        (await _host.CallAsync("counts", new() { ["what"] = "it" }, _host.Tokens.Issue())).Challenge.ShouldNotBeNull().ShouldContain("insufficient_scope");
        Veto.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_arguments_are_refused_before_any_hook()
    {
        Veto.Refuses = true;
        (await _host.CallAsync("counts", [], _host.Tokens.Issue("write"))).IsToolError.ShouldBeTrue();
        Veto.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_public_tool_that_nobody_signed_in_for_can_be_refused()
    {
        Veto.Refuses = true;
        (await _host.CallAsync("open")).IsToolError.ShouldBeTrue();
        Veto.Asked.Single().Grant.ShouldBeNull();
        _host.Facts.Kept.OfType<DecisionVetoed>().Single().Actor.ShouldBe("anonymous");
    }

    [Fact]
    public async Task A_refused_preview_prepares_nothing()
    {
        Veto.Refuses = true;
        (await _host.CallAsync("transactional_action", new() { ["what"] = "it" }, _host.Tokens.Issue("write"))).IsToolError.ShouldBeTrue();
        await using var db = _host.OpenDatabase();
        (await db.Set<PendingAction>().AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_confirmation_does_not_spend_its_token()
    {
        var confirmation = await _host.PrepareAsync("transactional_action");
        Veto.Refuses = true;
        var reply = await _host.ConfirmAsync(confirmation);

        reply.Text.ShouldBe("Nothing was done: the server does not allow this call of confirm_request.");
        _host.Script().Executions.ShouldBe(0);
        var asked = Veto.Asked.Last();
        (asked.Tool, asked.IsConfirmation, asked.Arguments.Count).ShouldBe(("transactional_action", true, 0));

        Veto.Refuses = false;
        (await _host.ConfirmAsync(confirmation)).IsToolError.ShouldBeFalse();
        _host.Script().Executions.ShouldBe(1);
    }

    private sealed class ScriptedToolVeto : IDecisionHook<CallingTool>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<CallingTool> _asked = [];

        public bool Refuses { get; set; }

        public IEnumerable<CallingTool> Asked => _asked;

        public ValueTask<Verdict> DecideAsync(CallingTool decision, CancellationToken cancellationToken)
        {
            _asked.Enqueue(decision);
            return new(Refuses ? Verdict.Refuse(ScriptedVeto.Reason) : Verdict.Allow);
        }
    }
}
