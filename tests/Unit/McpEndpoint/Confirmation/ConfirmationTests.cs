using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Confirmation;

public sealed class ConfirmationTests : IAsyncLifetime
{
    public static readonly TheoryData<string> BothKinds = ["transactional_action", "external_action"];

    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await ConfirmationCalls.StartWithActionsAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory, MemberData(nameof(BothKinds))]
    public async Task A_preview_does_nothing_and_says_what_would_be_done(string tool)
    {
        var preview = await _host.CallAsync(tool, new() { ["what"] = "\u202Eit\u001B" }, _host.Tokens.Issue("write"));

        _host.Script().Executions.ShouldBe(0);
        preview.Structured!.AsObject().Select(member => member.Key).ShouldBe(["status", "tool", "summary", "confirmationToken", "expiresAt"]);
        ((string?)preview.Structured["status"]).ShouldBe("preview");
        ((string?)preview.Structured["summary"]).ShouldBe("Do it.");
        JsonNode.Parse(preview.Text!)!.ToJsonString().ShouldBe(preview.Structured.ToJsonString());
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task Confirming_again_replays_the_identical_answer(string tool)
    {
        var confirmation = await _host.PrepareAsync(tool);

        var first = await _host.ConfirmAsync(confirmation, "key");
        var second = await _host.ConfirmAsync(confirmation, "key");
        var third = await _host.ConfirmAsync(confirmation);

        first.Result!.ToJsonString().ShouldBe(
            """{"content":[{"type":"text","text":"{\u0022status\u0022:\u0022done\u0022,\u0022tool\u0022:\u0022TOOL\u0022,\u0022result\u0022:{\u0022done\u0022:true}}"}],"structuredContent":{"status":"done","tool":"TOOL","result":{"done":true}}}"""
                .Replace("TOOL", tool, StringComparison.Ordinal));
        second.Result!.ToJsonString().ShouldBe(first.Result.ToJsonString());
        third.Result!.ToJsonString().ShouldBe(first.Result.ToJsonString());
        _host.Script().Executions.ShouldBe(1);
        _host.Facts.Kept.Count(fact => fact.Name == "action.executed").ShouldBe(1);
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task Another_key_on_a_used_token_is_refused(string tool)
    {
        var confirmation = await _host.PrepareAsync(tool);
        await _host.ConfirmAsync(confirmation, "key");

        var reply = await _host.ConfirmAsync(confirmation, "other");

        reply.IsToolError.ShouldBeTrue();
        reply.Text.ShouldNotBeNull().ShouldContain("already used");
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task One_key_confirms_one_action(string tool)
    {
        await _host.ConfirmAsync(await _host.PrepareAsync(tool), "key");
        var other = await _host.PrepareAsync(tool);

        var conflict = await _host.ConfirmAsync(other, "key");
        var fresh = await _host.ConfirmAsync(other, "fresh");

        conflict.IsToolError.ShouldBeTrue();
        conflict.Text.ShouldBe(ConfirmationTexts.KeyConflict.Reason);
        fresh.IsToolError.ShouldBeFalse();
        _host.Script().Executions.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_was_never_issued_is_refused()
    {
        var reply = await _host.ConfirmAsync("never-issued");

        reply.IsToolError.ShouldBeTrue();
        reply.Text.ShouldNotBeNull().ShouldContain("not known");
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task A_token_expires(string tool)
    {
        var confirmation = await _host.PrepareAsync(tool);
        _host.Time.Advance(Confirmations.Lifetime);

        var reply = await _host.ConfirmAsync(confirmation);

        reply.Text.ShouldNotBeNull().ShouldContain("expired");
        _host.Script().Executions.ShouldBe(0);
    }

    [Theory]
    [InlineData("user-2", "client-1", "family-1")]
    [InlineData("user-1", "client-2", "family-1")]
    [InlineData("user-1", "client-1", "family-2")]
    public async Task No_other_caller_can_use_or_spend_a_token(string user, string client, string family)
    {
        var confirmation = await _host.PrepareAsync("transactional_action");

        var another = await _host.ConfirmAsync(confirmation, token: _host.Tokens.Issue("write", user, client, family));
        var owner = await _host.ConfirmAsync(confirmation);

        another.Text.ShouldNotBeNull().ShouldContain("not known");
        owner.IsToolError.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task A_failed_action_says_no_more_than_a_reference_and_can_be_prepared_again(string tool)
    {
        _host.Script().Next = () => throw new InvalidOperationException("password=hunter2");
        var failing = await _host.PrepareAsync(tool);
        var failed = await _host.ConfirmAsync(failing, "key");
        _host.Script().Next = () => Task.FromResult<ExecutionResult>(new ExecutionResult.Done("fine"));
        var replayed = await _host.ConfirmAsync(failing, "key");
        var retried = await _host.ConfirmAsync(await _host.PrepareAsync(tool), "key");

        failed.IsToolError.ShouldBeTrue();
        failed.Text.ShouldNotBeNull().ShouldContain("Reference:");
        failed.Raw.ShouldNotContain("hunter2");
        replayed.Text.ShouldBe(failed.Text);
        retried.IsToolError.ShouldBeFalse();
        _host.Script().Executions.ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_action_explains_itself()
    {
        _host.Script().Next = () => Task.FromResult<ExecutionResult>(new ExecutionResult.Refused("The account is empty."));

        var reply = await _host.ConfirmAsync(await _host.PrepareAsync("external_action"));

        reply.Text.ShouldNotBeNull().ShouldStartWith("The account is empty. Nothing was done");
    }

    [Fact]
    public async Task An_action_that_was_cut_off_is_unknown_and_never_run_again()
    {
        _host.Script().Next = () => throw new TaskCanceledException("timed out");
        var confirmation = await _host.PrepareAsync("external_action");

        var first = await _host.ConfirmAsync(confirmation);
        var second = await _host.ConfirmAsync(confirmation);

        first.Text.ShouldNotBeNull().ShouldContain("unknown");
        second.Text.ShouldBe(first.Text);
        _host.Script().Executions.ShouldBe(1);
    }

    [Fact]
    public async Task An_action_that_the_last_process_left_executing_is_unknown_after_a_start()
    {
        var never = new TaskCompletionSource<ExecutionResult>();
        var begun = new TaskCompletionSource();
        _host.Script().Next = () =>
        {
            begun.SetResult();
            return never.Task;
        };
        var confirmation = await _host.PrepareAsync("external_action");
        var hanging = _host.ConfirmAsync(confirmation);
        await begun.Task;

        try
        {
            (await _host.Services.GetRequiredService<PendingActions>().MarkInterruptedAsync(CancellationToken.None)).ShouldBe(1);
            (await _host.ConfirmAsync(confirmation)).Text.ShouldNotBeNull().ShouldContain("unknown");
        }
        finally
        {
            never.SetResult(new ExecutionResult.Done("late"));
            await hanging;
        }

        _host.Script().Executions.ShouldBe(1);
    }

    [Fact]
    public async Task An_action_goes_on_when_its_client_hangs_up_and_is_told_to_the_next_call()
    {
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource<ExecutionResult>());
        _host.Script().Next = () =>
        {
            begun.SetResult();
            return gate.Task;
        };
        var token = _host.Tokens.Issue("write");
        var confirmation = await _host.PrepareAsync("external_action", token);
        var caller = new Caller();
        caller.Authenticated(((AccessTokenValidation.Valid)_host.Tokens.Validate(token, "http://localhost/mcp")).Grant, () => true);
        using var hangUp = new CancellationTokenSource();

        var first = _host.Services.GetRequiredService<Confirmations>().ConfirmAsync(confirmation, null, caller, hangUp.Token);
        await begun.Task;
        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        gate.SetResult(new ExecutionResult.Done("late"));
        var second = await _host.ConfirmAsync(confirmation, token: token);

        ((string?)second.Structured!["result"]).ShouldBe("late");
        _host.Script().Executions.ShouldBe(1);
        _host.Facts.Kept.ShouldContain(fact => fact.Name == "action.executed");
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task A_connection_that_ended_meanwhile_does_nothing(string tool)
    {
        var token = _host.Tokens.Issue("write", family: "ending");
        var confirmation = await _host.PrepareAsync(tool, token);
        var caller = new Caller();
        caller.Authenticated(((AccessTokenValidation.Valid)_host.Tokens.Validate(token, "http://localhost/mcp")).Grant, () => false);

        var result = await _host.Services.GetRequiredService<Confirmations>().ConfirmAsync(confirmation, null, caller, CancellationToken.None);

        result.ShouldBe(ConfirmationTexts.AccessLost);
        _host.Script().Executions.ShouldBe(0);
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task A_scope_that_was_lost_since_the_preview_is_missed_by_the_confirmation_too(string tool)
    {
        var confirmation = await _host.PrepareAsync(tool);
        var caller = new Caller();
        caller.Authenticated(((AccessTokenValidation.Valid)_host.Tokens.Validate(_host.Tokens.Issue("account:read"), "http://localhost/mcp")).Grant, () => true);

        var result = await _host.Services.GetRequiredService<Confirmations>().ConfirmAsync(confirmation, null, caller, CancellationToken.None);

        result.ShouldBe(ConfirmationTexts.ScopeLost);
        _host.Script().Executions.ShouldBe(0);
    }

    [Theory, MemberData(nameof(BothKinds))]
    public async Task Gate_and_confirmation_share_one_look_at_the_action(string tool)
    {
        var confirmation = await _host.PrepareAsync(tool);
        await using var db = _host.OpenDatabase();
        var file = db.Database.GetDbConnection().DataSource;
        ConcurrentBag<string> looks = [];
        ConcurrentBag<IDisposable> inner = [];
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Heard<DiagnosticListener>(listener =>
        {
            if (listener.Name == DbLoggerCategory.Name)
            {
                inner.Add(listener.Subscribe(new Heard<KeyValuePair<string, object?>>(said =>
                {
                    if (said.Value is CommandExecutedEventData { Command: { Connection.DataSource: var source, CommandText: var text } }
                        && source == file && text.StartsWith("SELECT \"m\".\"Tool\"\n", StringComparison.Ordinal))
                    {
                        looks.Add(text);
                    }
                })));
            }
        }));

        var reply = await _host.ConfirmAsync(confirmation);

        inner.ToList().ForEach(subscription => subscription.Dispose());
        reply.IsToolError.ShouldBeFalse();
        looks.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Prepared", 2, false)]
    [InlineData("Done", 0, true)]
    [InlineData("Executing", 100, true)]
    [InlineData("Unknown", 2, true)]
    [InlineData("Unknown", 31, false)]
    public async Task An_action_is_kept_for_as_long_as_it_may_be_asked_for(string stateName, int days, bool kept)
    {
        var state = Enum.Parse<PendingActionState>(stateName);
        await _host.PrepareAsync("external_action");
        await _host.Services.GetRequiredService<IWriteLane>().WriteAsync(async unit =>
        {
            await using var db = _host.Services.GetRequiredService<McpDatabase>().Join(unit);
            return await db.PendingActions.ExecuteUpdateAsync(set => set.SetProperty(action => action.State, state));
        });
        _host.Time.Leap(TimeSpan.FromDays(days));

        await _host.Services.GetRequiredService<PendingActions>().PurgeAsync(500, TimeSpan.FromDays(1), TimeSpan.FromDays(30), CancellationToken.None);

        await using var db = _host.OpenDatabase();
        (await db.PendingActions.AnyAsync()).ShouldBe(kept);
    }

    [Fact]
    public async Task What_can_no_longer_be_asked_for_is_purged()
    {
        await _host.PrepareAsync("external_action");
        _host.Time.Advance(TimeSpan.FromDays(2));
        var kept = await _host.PrepareAsync("external_action");

        var removed = await _host.Services.GetRequiredService<PendingActions>()
            .PurgeAsync(500, TimeSpan.FromDays(1), TimeSpan.FromDays(30), CancellationToken.None);

        // The background cleaner runs on the same clock and may have been first.
        removed.ShouldBeLessThanOrEqualTo(1);
        await using var db = _host.OpenDatabase();
        (await db.PendingActions.Select(action => action.TokenHash).SingleAsync()).ShouldBe(TokenHash.Of(kept).Value);
    }

    private sealed class Heard<T>(Action<T> onNext) : IObserver<T>
    {
        public void OnNext(T value) => onNext(value);

        public void OnError(Exception error)
        {
        }

        public void OnCompleted()
        {
        }
    }
}
