using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AuthCore.Protocol;
using AuthCore.Storage;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Redemption first, durably; then the deed; then its outcome: at most once.</summary>
internal sealed class ExternalExecution(
    McpDatabase database, IWriteLane lane, ActionTrail trail, IHostApplicationLifetime lifetime, ILogger<ExternalExecution> logger)
{
    private readonly ConcurrentDictionary<TokenHash, TaskCompletionSource<ConfirmationOutcome>> _running = new();

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The action goes on when its client hangs up.")]
    public async Task<ConfirmationOutcome> RunAsync(IExternalTool tool, Confirmation confirmation, CancellationToken cancellationToken)
    {
        // While there is a request: the action outlives it.
        var record = trail.Begin();
        switch (await ClaimAsync(confirmation, cancellationToken))
        {
            case Claim.Won(var action):
                // A task of its own: the action goes on when the client hangs up.
                return await Task.Run(() => ExecuteAsync(tool, action, confirmation, record), CancellationToken.None).WaitAsync(cancellationToken);
            case Claim.Settled(var outcome):
                return outcome;
            case Claim.Running:
                return await JoinAsync(confirmation, cancellationToken);
            default:
                throw new UnreachableException();
        }
    }

    private Task<Claim> ClaimAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        lane.WriteAsync<Claim>(
            async unit =>
            {
                if (!confirmation.Caller.IsStillAlive())
                {
                    return new Claim.Settled(ConfirmationTexts.SessionEnded);
                }

                await using var db = database.Join(unit);
                var claim = await Redemption.ClaimAsync(db, confirmation.Hash, confirmation.Key, confirmation.Caller.Grant!, unit.Now);
                if (claim is Claim.Won)
                {
                    // Before anybody hears of this commit, so that whoever finds the action executing finds its task too.
                    unit.OnCommitted(() => _running.TryAdd(confirmation.Hash, new TaskCompletionSource<ConfirmationOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)));
                }

                return claim;
            },
            cancellationToken);

    // Others who confirm the same action meanwhile get the same answer.
    private async Task<ConfirmationOutcome> JoinAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(confirmation.Hash, out var running))
        {
            return await running.Task.WaitAsync(cancellationToken);
        }

        // It ended between the two looks, or it ended and that could not be stored.
        return await ClaimAsync(confirmation, cancellationToken) is Claim.Settled(var outcome) ? outcome : await GiveUpAsync(confirmation, cancellationToken);
    }

    // Nothing in this process carries it out any more, and no other process has this database: nobody will ever know.
    private async Task<ConfirmationOutcome> GiveUpAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        await lane.WriteAsync(
            async unit =>
            {
                await using var db = database.Join(unit);
                return !_running.ContainsKey(confirmation.Hash)
                    && await Redemption.FinishAsync(db, confirmation.Hash, PendingActionState.Unknown, ConfirmationTexts.Unknown, unit.Now);
            },
            cancellationToken);
        return await ClaimAsync(confirmation, cancellationToken) is Claim.Settled(var outcome) ? outcome : ConfirmationTexts.StillRunning;
    }

    private async Task<ConfirmationOutcome> ExecuteAsync(
        IExternalTool tool, PendingAction action, Confirmation confirmation, Func<WriteUnit, Executed, Task> record)
    {
        var (state, text) = await AttemptAsync(tool, action, confirmation);
        var executed = new Executed(action, state, text);
        ConfirmationOutcome outcome = new ConfirmationOutcome.NotDone(ConfirmationTexts.Unknown);
        try
        {
            await lane.WriteAsync(
                async unit =>
                {
                    await using var db = database.Join(unit);
                    await record(unit, executed);
                    return await Redemption.FinishAsync(db, confirmation.Hash, state, text, unit.Now);
                });
            outcome = executed.Outcome;
        }
        catch (Exception unrecorded)
        {
            // The action may be done and nothing says so. Whatever the reason: the next confirmation, or the next start, calls it unknown.
            Log.OutcomeNotRecorded(logger, action.Tool, confirmation.Hash, state, unrecorded);
        }
        finally
        {
            if (_running.TryRemove(confirmation.Hash, out var waiting))
            {
                waiting.SetResult(outcome);
            }
        }

        return outcome;
    }

    private async Task<(PendingActionState State, string Text)> AttemptAsync(IExternalTool tool, PendingAction action, Confirmation confirmation)
    {
        try
        {
            return await tool.ExecuteAsync(JsonElement.Parse(action.Arguments), confirmation.Caller.Grant!, lifetime.ApplicationStopping) switch
            {
                Execution.Done(var result) => (PendingActionState.Done, ConfirmationTexts.Done(action.Tool, result)),
                Execution.Refused(var reason) => (PendingActionState.Failed, ConfirmationTexts.Failed(reason)),
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException cut)
        {
            Log.ActionThrew(logger, action.Tool, confirmation.Caller.CorrelationId, cut);
            return (PendingActionState.Unknown, ConfirmationTexts.Unknown);
        }
        catch (Exception failure)
        {
            // Whatever a tool throws is its own failure, written down and told by reference.
            Log.ActionThrew(logger, action.Tool, confirmation.Caller.CorrelationId, failure);
            return (PendingActionState.Failed, ConfirmationTexts.ExternallyFailed(ToolGuard.Failed(confirmation.Caller.CorrelationId)));
        }
    }
}
