using AuthCore.Protocol;
using AuthCore.ResourceServer;
using FsCheck;
using FsCheck.Fluent;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;
using UnitTests.McpEndpoint.TestKit;
using UnitTests.TestKit;

namespace UnitTests.McpEndpoint.Confirmation;

/// <summary>Random histories of one action, compared with the few sentences that say what must be true.</summary>
public sealed class ConfirmationModelTests
{
    private enum Step
    {
        ConfirmWithoutKey,
        ConfirmWithA,
        ConfirmWithB,
        AnotherUser,
        EndConnection,
        Wait,
        LetItFail,
        LetItSucceed,
    }

    [Theory]
    [InlineData("transactional_action")]
    [InlineData("external_action")]
    public async Task Every_history_of_an_action_is_one_of_those_that_may_be(string tool)
    {
        await using var host = await ConfirmationCalls.StartWithActionsAsync();
        var family = 0;
        Prop.ForAll(Gen.Elements(Enum.GetValues<Step>()).ListOf().ToArbitrary(), steps =>
            new History(host, tool, $"family-{Interlocked.Increment(ref family)}").RunAsync(steps).InTime()).Check(samples: 60, size: 40);
    }

    private sealed class History(McpHost host, string tool, string family)
    {
        private readonly Confirmations _confirmations = host.Services.GetRequiredService<Confirmations>();
        private readonly ActionScript _script = host.Script();
        private bool _alive = true;
        private bool _fails;
        private string? _key;
        private ConfirmationResult? _settled;

        public async Task RunAsync(IEnumerable<Step> steps)
        {
            Succeed();
            var before = _script.Executions;
            var preview = await _confirmations.PrepareAsync(tool, """{"what":"it"}""", "Do it.", Grant("user-1"), CancellationToken.None);
            var token = preview.GetProperty("confirmationToken").GetString()!;
            var expiresAt = preview.GetProperty("expiresAt").GetDateTimeOffset();
            foreach (var step in steps)
            {
                switch (step)
                {
                    case Step.ConfirmWithoutKey:
                        await ConfirmAsync(token, null, expiresAt);
                        break;
                    case Step.ConfirmWithA:
                        await ConfirmAsync(token, $"A-{family}", expiresAt);
                        break;
                    case Step.ConfirmWithB:
                        await ConfirmAsync(token, $"B-{family}", expiresAt);
                        break;
                    case Step.AnotherUser:
                        (await _confirmations.ConfirmAsync(token, null, Caller("user-2"), CancellationToken.None)).ShouldBe(ConfirmationTexts.NotFound);
                        break;
                    case Step.EndConnection:
                        _alive = false;
                        break;
                    case Step.Wait:
                        host.Time.Advance(TimeSpan.FromMinutes(2));
                        break;
                    case Step.LetItFail:
                        _fails = true;
                        _script.Next = () => throw new InvalidOperationException("as the test asked");
                        break;
                    case Step.LetItSucceed:
                        Succeed();
                        break;
                }

                (_script.Executions - before).ShouldBe(_settled is null ? 0 : 1);
            }
        }

        private async Task ConfirmAsync(string token, string? key, DateTimeOffset expiresAt)
        {
            var result = await _confirmations.ConfirmAsync(token, key, Caller("user-1"), CancellationToken.None);
            if (!_alive)
            {
                result.ShouldBe(ConfirmationTexts.AccessLost);
            }
            else if (_settled is ConfirmationResult.Done && key is not null && key != _key)
            {
                result.ShouldBe(ConfirmationTexts.AlreadyUsed);
            }
            else if (_settled is not null)
            {
                Said(result).ShouldBe(Said(_settled));
            }
            else if (host.Time.GetUtcNow() >= expiresAt)
            {
                result.ShouldBe(ConfirmationTexts.Expired);
            }
            else
            {
                (_settled, _key) = (result, key);
                (result is ConfirmationResult.Done).ShouldBe(!_fails);
            }
        }

        private static string Said(ConfirmationResult result) => result.Match(done => done.Answer.GetRawText(), notDone => notDone.Reason);

        private void Succeed()
        {
            _fails = false;
            _script.Next = () => Task.FromResult<ExecutionResult>(new ExecutionResult.Done(new { done = true }));
        }

        private Caller Caller(string user)
        {
            var caller = new Caller { CorrelationId = "model" };
            caller.Authenticated(Grant(user), () => _alive);
            return caller;
        }

        private AccessGrant Grant(string user)
        {
            var now = host.Time.GetUtcNow();
            return new AccessGrant(user, "client-1", family, "http://localhost/mcp", ScopeSet.Of("write"), "jti", now, now.AddHours(1), now);
        }
    }
}
