using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;
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
        host.Facts.Kept.Count(fact => fact.Name == "action.executed").ShouldBe(1);
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

    [Fact]
    public async Task Who_confirms_what_is_running_hears_nothing_before_it_is_over()
    {
        await using var host = await ConfirmationCalls.StartWithActionsAsync();
        var (began, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Script().Next = async () =>
        {
            began.SetResult();
            await goOn.Task;
            return new ExecutionResult.Done(new { serial = Guid.NewGuid() });
        };
        var token = host.Tokens.Issue("write");
        var confirmation = await host.PrepareAsync("external_action", token);
        var first = host.ConfirmAsync(confirmation, token: token);
        await began.Task;

        // On a lane that answers at once, whatever does not wait for the action is over when the call returns.
        var runner = ActivatorUtilities.CreateInstance<ExternalRunner>(host.Services, new SynchronousLane(host.Services.GetRequiredService<IWriteLane>()));
        var joined = runner.RunAsync(host.Services.GetServices<TwoPhaseTool>().OfType<ExternalAction>().Single(), Of(confirmation, token, host), CancellationToken.None);

        joined.IsCompleted.ShouldBeFalse();
        goOn.SetResult();
        (await first).IsToolError.ShouldBeFalse();
        (await joined).ShouldBeOfType<ConfirmationResult.Done>();
        host.Script().Executions.ShouldBe(1);
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

    private static global::McpEndpoint.Confirmation.Confirmation Of(string confirmation, string token, McpHost host)
    {
        var caller = new Caller();
        caller.Authenticated(host.Tokens.Validate(token, "http://localhost/mcp").ShouldBeOfType<AccessTokenValidation.Valid>().Grant, () => true);
        return new(TokenHash.Of(confirmation), null, caller);
    }

    /// <summary>Returns only when the unit is durable, so that its caller goes on without changing threads.</summary>
    private sealed class SynchronousLane(IWriteLane lane) : IWriteLane
    {
        public Task<T> WriteAsync<T>(Func<WriteUnit, Task<T>> work, CancellationToken cancellationToken = default) =>
            Task.FromResult(lane.WriteAsync(work, cancellationToken).GetAwaiter().GetResult());
    }
}
