using AuthCore.Storage;
using McpEndpoint.Confirmation;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Confirmation;

public sealed class ConfirmationRaceTests
{
    private const int Racers = 200;

    [Theory]
    [InlineData("transactional_action", null)]
    [InlineData("external_action", null)]
    [InlineData("transactional_action", "key")]
    [InlineData("external_action", "key")]
    public async Task Two_hundred_confirmations_of_one_action_execute_it_once_and_hear_the_same(string tool, string? key)
    {
        await using var host = await ConfirmationCalls.StartWithActionsAsync();
        host.Script().Next = async () =>
        {
            await Task.Yield();
            return new ExecutionResult.Done(new { serial = Guid.NewGuid() });
        };
        var token = host.Tokens.Issue("write");
        var confirmation = await host.PrepareAsync(tool, token);

        var replies = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Task.Run(() => host.ConfirmAsync(confirmation, key, token))));

        host.Script().Executions.ShouldBe(1);
        replies.ShouldAllBe(reply => !reply.IsToolError);
        replies.Select(reply => reply.Result!.ToJsonString()).Distinct().ShouldHaveSingleItem();
        host.Audit.Entries.Count(entry => entry.Action == "action.executed").ShouldBe(1);
    }

    [Fact]
    public async Task Who_confirms_what_is_running_waits_for_it_and_hears_the_same()
    {
        await using var host = await ConfirmationCalls.StartWithActionsAsync();
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Script().Next = async () =>
        {
            began.SetResult();
            await goOn.Task;
            return new ExecutionResult.Done(new { serial = Guid.NewGuid() });
        };
        var confirmation = await host.PrepareAsync("external_action");
        var first = host.ConfirmAsync(confirmation);
        await began.Task;
        var joined = Enumerable.Range(0, 10).Select(_ => Task.Run(() => host.ConfirmAsync(confirmation))).ToArray();

        // Time for others to hear something else, if they would.
        for (var turn = 0; turn < 50; turn++)
        {
            await host.Services.GetRequiredService<IWriteLane>().WriteAsync(_ => Task.FromResult(true));
        }

        joined.ShouldAllBe(reply => !reply.IsCompleted);
        goOn.SetResult();
        var answer = (await first).Result!.ToJsonString();
        (await Task.WhenAll(joined)).ShouldAllBe(reply => reply.Result!.ToJsonString() == answer);
    }

    [Theory]
    [InlineData("transactional_action")]
    [InlineData("external_action")]
    public async Task Of_many_keys_on_one_action_one_wins(string tool)
    {
        await using var host = await ConfirmationCalls.StartWithActionsAsync();
        var token = host.Tokens.Issue("write");
        var confirmation = await host.PrepareAsync(tool, token);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(racer => Task.Run(() => host.ConfirmAsync(confirmation, $"key-{racer}", token))));

        host.Script().Executions.ShouldBe(1);
        replies.Count(reply => !reply.IsToolError).ShouldBe(1);
    }

    [Fact]
    public async Task One_key_on_many_actions_confirms_one()
    {
        await using var host = await ConfirmationCalls.StartWithActionsAsync();
        var token = host.Tokens.Issue("write");
        List<string> confirmations = [];
        for (var i = 0; i < 20; i++)
        {
            confirmations.Add(await host.PrepareAsync("external_action", token));
        }

        await Task.WhenAll(confirmations.Select(confirmation => Task.Run(() => host.ConfirmAsync(confirmation, "key", token))));

        host.Script().Executions.ShouldBe(1);
    }
}
