using System.Diagnostics;
using System.Text.Json;
using AuthCore.Storage;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Redemption, deed and outcome in one transaction: exactly once.</summary>
internal sealed class TransactionalExecution(McpDatabase database, IWriteLane lane, ActionTrail trail, ILogger<TransactionalExecution> logger)
{
    public Task<ConfirmationOutcome> RunAsync(ITransactionalTool tool, Confirmation confirmation, CancellationToken cancellationToken)
    {
        var record = trail.Begin();
        return lane.WriteAsync(unit => RunAsync(tool, confirmation, unit, record), cancellationToken);
    }

    private async Task<ConfirmationOutcome> RunAsync(
        ITransactionalTool tool, Confirmation confirmation, WriteUnit unit, Func<WriteUnit, Executed, Task> record)
    {
        // The unit may have waited behind the revocation of the very family that confirms.
        if (!confirmation.Caller.IsStillAlive())
        {
            return ConfirmationTexts.SessionEnded;
        }

        await using var db = database.Join(unit);
        switch (await Redemption.ClaimAsync(db, confirmation.Hash, confirmation.Key, confirmation.Caller.Grant!, unit.Now))
        {
            case Claim.Won(var action):
                var executed = await ExecuteAsync(tool, action, confirmation, unit);
                await Redemption.FinishAsync(db, confirmation.Hash, executed.State, executed.Text, unit.Now);
                await record(unit, executed);
                return executed.Outcome;
            case Claim.Settled(var outcome):
                return outcome;
            case Claim.Running:
                return ConfirmationTexts.StillRunning;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Executed> ExecuteAsync(ITransactionalTool tool, PendingAction action, Confirmation confirmation, WriteUnit unit)
    {
        // An action that fails is undone with everything that was to follow it; its redemption stays.
        var (state, text) = await unit.NestAsync(() => AttemptAsync(tool, action, confirmation, unit), attempt => attempt.State != PendingActionState.Failed);
        return new Executed(action, state, text);
    }

    private async Task<(PendingActionState State, string Text)> AttemptAsync(
        ITransactionalTool tool, PendingAction action, Confirmation confirmation, WriteUnit unit)
    {
        try
        {
            return await tool.ExecuteAsync(JsonElement.Parse(action.Arguments), confirmation.Caller.Grant!, unit) switch
            {
                Execution.Done(var result) => (PendingActionState.Done, ConfirmationTexts.Done(action.Tool, result)),
                Execution.Refused(var reason) => (PendingActionState.Failed, ConfirmationTexts.Failed(reason)),
                _ => throw new UnreachableException(),
            };
        }
        catch (Exception failure)
        {
            // Whatever a tool throws is its own failure, written down and told by reference; the other units of the batch go on.
            Log.ActionThrew(logger, action.Tool, confirmation.Caller.CorrelationId, failure);
            return (PendingActionState.Failed, ConfirmationTexts.Failed(ToolGuard.Failed(confirmation.Caller.CorrelationId)));
        }
    }
}
