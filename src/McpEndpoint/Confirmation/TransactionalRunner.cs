using System.Text.Json;
using AuthCore.Storage;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Runs a <see cref="TransactionalTool{TInput}"/>. Redemption, action and outcome are one transaction: exactly once.</summary>
internal sealed class TransactionalRunner(McpDatabase database, IWriteLane lane, ILogger<TransactionalRunner> logger)
{
    public Task<ConfirmationResult> RunAsync(ITransactionalTool tool, Confirmation confirmation, CancellationToken cancellationToken) =>
        lane.WriteAsync(unit => RunAsync(tool, confirmation, unit), cancellationToken);

    private async Task<ConfirmationResult> RunAsync(ITransactionalTool tool, Confirmation confirmation, WriteUnit unit)
    {
        // The unit may have waited behind the revocation of the very family that confirms.
        if (!confirmation.Caller.IsStillAlive())
        {
            return ConfirmationTexts.AccessLost;
        }

        await using var db = database.Join(unit);
        var redemption = await Redemption.RedeemAsync(db, confirmation, unit.Now);
        return await redemption.Match(
            async redeemed =>
            {
                var finished = await ExecuteAsync(tool, redeemed.Action, confirmation, unit);
                await Redemption.FinishAsync(db, finished, unit.Now);
                unit.Record(finished.Fact);
                return finished.Result;
            },
            running => Task.FromResult<ConfirmationResult>(ConfirmationTexts.StillRunning),
            answered => Task.FromResult(answered.Result));
    }

    // An action that fails is undone with everything that was to follow it; its redemption stays.
    private Task<FinishedAction> ExecuteAsync(ITransactionalTool tool, PendingAction action, Confirmation confirmation, WriteUnit unit) =>
        unit.NestAsync(() => AttemptAsync(tool, action, confirmation, unit), attempt => attempt.State != PendingActionState.Failed);

    private async Task<FinishedAction> AttemptAsync(ITransactionalTool tool, PendingAction action, Confirmation confirmation, WriteUnit unit)
    {
        try
        {
            return FinishedAction.Of(action, await tool.ExecuteAsync(JsonElement.Parse(action.Arguments), confirmation.Caller.Grant!, unit));
        }
        catch (Exception failure)
        {
            // Whatever a tool throws is its own failure, written down and told by reference; the other units of the batch go on.
            Log.ActionThrew(logger, action.Tool, confirmation.Caller.CorrelationId, failure);
            return FinishedAction.Failed(action, ConfirmationTexts.Failed(ToolGuard.Failed(confirmation.Caller.CorrelationId)));
        }
    }
}
