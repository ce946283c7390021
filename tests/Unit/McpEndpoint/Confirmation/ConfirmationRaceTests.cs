using McpEndpoint.Confirmation;
using UnitTests.McpEndpoint.TestKit;

namespace UnitTests.McpEndpoint.Confirmation;

public sealed class ConfirmationRaceTests
{
    private const int Racers = 200;

    [Theory]
    [InlineData("transactional_deed", null)]
    [InlineData("external_deed", null)]
    [InlineData("transactional_deed", "key")]
    [InlineData("external_deed", "key")]
    public async Task Two_hundred_confirmations_of_one_action_execute_it_once_and_hear_the_same(string tool, string? key)
    {
        await using var host = await ConfirmationCalls.StartWithDeedsAsync();
        host.Script().Next = async () =>
        {
            await Task.Yield();
            return new Execution.Done(new { serial = Guid.NewGuid() });
        };
        var token = host.Tokens.Issue("write");
        var confirmation = await host.PrepareAsync(tool, token);

        var replies = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Task.Run(() => host.ConfirmAsync(confirmation, key, token))));

        host.Script().Executions.ShouldBe(1);
        replies.ShouldAllBe(reply => !reply.IsToolError);
        replies.Select(reply => reply.Result!.ToJsonString()).Distinct().ShouldHaveSingleItem();
        host.Audit.Entries.Count(entry => entry.Action == "action.executed").ShouldBe(1);
    }

    [Theory]
    [InlineData("transactional_deed")]
    [InlineData("external_deed")]
    public async Task Of_many_keys_on_one_action_one_wins(string tool)
    {
        await using var host = await ConfirmationCalls.StartWithDeedsAsync();
        var token = host.Tokens.Issue("write");
        var confirmation = await host.PrepareAsync(tool, token);

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(racer => Task.Run(() => host.ConfirmAsync(confirmation, $"key-{racer}", token))));

        host.Script().Executions.ShouldBe(1);
        replies.Count(reply => !reply.IsToolError).ShouldBe(1);
    }

    [Fact]
    public async Task One_key_on_many_actions_confirms_one()
    {
        await using var host = await ConfirmationCalls.StartWithDeedsAsync();
        var token = host.Tokens.Issue("write");
        List<string> confirmations = [];
        for (var i = 0; i < 20; i++)
        {
            confirmations.Add(await host.PrepareAsync("external_deed", token));
        }

        await Task.WhenAll(confirmations.Select(confirmation => Task.Run(() => host.ConfirmAsync(confirmation, "key", token))));

        host.Script().Executions.ShouldBe(1);
    }
}
