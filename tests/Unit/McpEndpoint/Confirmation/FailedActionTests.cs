using AuthCore.Protocol;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Samples;
using McpEndpoint.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Confirmation;

/// <summary>What is left of an action that did not come to a good end.</summary>
public sealed class FailedActionTests : IAsyncLifetime
{
    private const string SlotId = "20300101-0900";

    private McpHost _host = null!;

    public async Task InitializeAsync() => _host = await ConfirmationCalls.StartWithActionsAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("done", true)]
    [InlineData("refused", false)]
    [InlineData("throws", false)]
    public async Task Only_an_action_that_was_done_leaves_its_rows_and_what_was_to_follow_them(string end, bool stays)
    {
        var followed = false;
        var script = _host.Script();
        script.Writes = async unit =>
        {
            await using var db = _host.Services.GetRequiredService<McpDatabase>().Join(unit);
            db.Slots.Add(new Slot { Id = SlotId, StartsAt = unit.Now, Title = "Written by the action" });
            await db.SaveChangesAsync();
            unit.OnCommitted(() => followed = true);
        };
        script.Next = () => end switch
        {
            "done" => Task.FromResult<ExecutionResult>(new ExecutionResult.Done(new { })),
            "refused" => Task.FromResult<ExecutionResult>(new ExecutionResult.Refused("It is taken.")),
            _ => Task.FromException<ExecutionResult>(new InvalidOperationException("broken")),
        };

        var reply = await _host.ConfirmAsync(await _host.PrepareAsync("transactional_action"));

        await using var reading = _host.OpenDatabase();
        (await reading.Slots.AnyAsync(slot => slot.Id == SlotId)).ShouldBe(stays);
        followed.ShouldBe(stays);
        reply.IsToolError.ShouldBe(!stays);
        _host.Audit.Entries.ShouldContain(entry => entry.Action == (stays ? "action.executed" : "action.failed"));
    }

    [Fact]
    public async Task An_outcome_that_cannot_be_stored_is_unknown_to_everybody_who_waits_and_to_all_who_ask_later()
    {
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _host.Script().Next = async () =>
        {
            began.SetResult();
            await goOn.Task;
            return new ExecutionResult.Done(new { });
        };
        var confirmation = await _host.PrepareAsync("external_action");
        var first = _host.ConfirmAsync(confirmation);
        await began.Task;
        var joined = _host.ConfirmAsync(confirmation);
        await _host.Services.GetRequiredService<IWriteLane>().WriteAsync(_ => Task.FromResult(true));
        _host.Audit.Failure = new InvalidOperationException("the trail is broken");
        goOn.SetResult();

        (await first.WaitAsync(TimeSpan.FromSeconds(30))).Text.ShouldBe(ConfirmationTexts.Unknown);
        (await joined.WaitAsync(TimeSpan.FromSeconds(30))).Text.ShouldBe(ConfirmationTexts.Unknown);

        _host.Audit.Failure = null;
        (await _host.ConfirmAsync(confirmation)).Text.ShouldBe(ConfirmationTexts.Unknown);
        _host.Script().Executions.ShouldBe(1);
        await using var reading = _host.OpenDatabase();
        (await reading.PendingActions.SingleAsync(action => action.TokenHash == TokenHash.Of(confirmation).Value)).State.ShouldBe(PendingActionState.Unknown);
    }
}
