using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Runs an <see cref="ExternalTool{TInput}"/>. Redemption first, durably; then the action; then its outcome: at most once.</summary>
internal sealed class ExternalRunner(
    McpDatabase database, IWriteLane lane, RunningActions actions, IHostApplicationLifetime lifetime, ILogger<ExternalRunner> logger)
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The action goes on when its client hangs up.")]
    public async Task<ConfirmationResult> RunAsync(IExternalTool tool, Confirmation confirmation, CancellationToken cancellationToken)
    {
        // The action outlives the request: where it came from is known now.
        var origin = FactOrigin.Host;
        var redemption = await RedeemAsync(confirmation, unit => origin = unit.Origin, cancellationToken);
        return await redemption.Match(
            // A task of its own: the action goes on when the client hangs up.
            redeemed => Task.Run(() => ExecuteAsync(tool, redeemed.Action, confirmation, origin), CancellationToken.None).WaitAsync(cancellationToken),
            running => JoinAsync(confirmation, cancellationToken),
            answered => Task.FromResult(answered.Result));
    }

    private Task<RedemptionResult> RedeemAsync(Confirmation confirmation, Action<WriteUnit> began, CancellationToken cancellationToken) =>
        lane.WriteAsync<RedemptionResult>(
            async unit =>
            {
                if (!confirmation.Caller.IsStillAlive())
                {
                    return new RedemptionResult.Answered(ConfirmationTexts.AccessLost);
                }

                await using var db = database.Join(unit);
                var redemption = await Redemption.RedeemAsync(db, confirmation, unit.Now);
                if (redemption is RedemptionResult.Redeemed { Action: var action })
                {
                    began(unit);

                    // Before anybody hears of this commit: a caller that finds the action executing finds its task too.
                    unit.Record(new ActionStarted(confirmation.Hash.Value, action.UserId, action.Tool));
                }

                return redemption;
            },
            cancellationToken);

    // Others who confirm the same action while it runs get the same answer.
    private async Task<ConfirmationResult> JoinAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        if (actions.TryFind(confirmation.Hash, out var running))
        {
            return await running.WaitAsync(cancellationToken);
        }

        // It ended between the two looks, or it ended and that could not be stored.
        return await RedeemAsync(confirmation, _ => { }, cancellationToken) is RedemptionResult.Answered(var result) ? result : await MarkUnknownAsync(confirmation, cancellationToken);
    }

    // Nothing in this process carries it out any more, and no other process has this database: its outcome cannot be known any more.
    private async Task<ConfirmationResult> MarkUnknownAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        await lane.WriteAsync(
            async unit =>
            {
                await using var db = database.Join(unit);
                return !actions.IsRunning(confirmation.Hash)
                    && await Redemption.FinishAsync(db, confirmation.Hash, PendingActionState.Unknown, ConfirmationTexts.Unknown, unit.Now);
            },
            cancellationToken);
        return await RedeemAsync(confirmation, _ => { }, cancellationToken) is RedemptionResult.Answered(var result) ? result : ConfirmationTexts.StillRunning;
    }

    private async Task<ConfirmationResult> ExecuteAsync(
        IExternalTool tool, PendingAction action, Confirmation confirmation, FactOrigin origin)
    {
        var finished = await AttemptAsync(tool, action, confirmation);
        ConfirmationResult result = new ConfirmationResult.NotDone(ConfirmationTexts.Unknown);
        try
        {
            await lane.WriteAsync(
                async unit =>
                {
                    await using var db = database.Join(unit);
                    unit.Record(finished.Fact, origin);
                    return await Redemption.FinishAsync(db, finished, unit.Now);
                });
            result = finished.Result;
        }
        catch (Exception unrecorded)
        {
            // The action may be done and nothing says so. Whatever the reason: the next confirmation, or the next start, calls it unknown.
            Log.OutcomeNotRecorded(logger, action.Tool, confirmation.Hash, finished.State, unrecorded);
        }
        finally
        {
            actions.End(confirmation.Hash, result);
        }

        return result;
    }

    private async Task<FinishedAction> AttemptAsync(IExternalTool tool, PendingAction action, Confirmation confirmation)
    {
        try
        {
            return FinishedAction.Of(action, await tool.ExecuteAsync(JsonElement.Parse(action.Arguments), confirmation.Caller.Grant!, lifetime.ApplicationStopping));
        }
        catch (OperationCanceledException cut)
        {
            Log.ActionThrew(logger, action.Tool, confirmation.Caller.CorrelationId, cut);
            return FinishedAction.Unknown(action);
        }
        catch (Exception failure)
        {
            // Whatever a tool throws is its own failure, written down and told by reference.
            Log.ActionThrew(logger, action.Tool, confirmation.Caller.CorrelationId, failure);
            return FinishedAction.Failed(action, ConfirmationTexts.ExternallyFailed(ToolGuard.Failed(confirmation.Caller.CorrelationId)));
        }
    }
}
