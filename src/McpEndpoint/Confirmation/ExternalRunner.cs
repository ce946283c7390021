using System.Collections.Concurrent;
using System.Text.Json;
using AuthCore.Protocol;
using AuthCore.Storage;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Runs an <see cref="ExternalTool{TInput}"/>. Redemption first, durably; then the action; then its outcome: at most once.</summary>
internal sealed class ExternalRunner(
    McpDatabase database, IWriteLane lane, ActionTrail trail, IHostApplicationLifetime lifetime, ILogger<ExternalRunner> logger)
{
    private readonly ConcurrentDictionary<TokenHash, TaskCompletionSource<ConfirmationResult>> _running = new();

    public async Task<ConfirmationResult> RunAsync(IExternalTool tool, Confirmation confirmation, CancellationToken cancellationToken)
    {
        // While there is a request: the action outlives it.
        var record = trail.Begin();
        var redemption = await RedeemAsync(confirmation, cancellationToken);
        return await redemption.Match(
            // A task of its own: the action goes on when the client hangs up.
            redeemed => Task.Run(() => ExecuteAsync(tool, redeemed.Action, confirmation, record), CancellationToken.None).WaitAsync(cancellationToken),
            running => JoinAsync(confirmation, cancellationToken),
            answered => Task.FromResult(answered.Result));
    }

    private Task<RedemptionResult> RedeemAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        lane.WriteAsync<RedemptionResult>(
            async unit =>
            {
                if (!confirmation.Caller.IsStillAlive())
                {
                    return new RedemptionResult.Answered(ConfirmationTexts.SessionEnded);
                }

                await using var db = database.Join(unit);
                var redemption = await Redemption.RedeemAsync(db, confirmation, unit.Now);
                if (redemption is RedemptionResult.Redeemed)
                {
                    // Before anybody hears of this commit: a caller that finds the action executing finds its task too.
                    unit.OnCommitted(() => _running.TryAdd(confirmation.Hash, new TaskCompletionSource<ConfirmationResult>(TaskCreationOptions.RunContinuationsAsynchronously)));
                }

                return redemption;
            },
            cancellationToken);

    // Others who confirm the same action while it runs get the same answer.
    private async Task<ConfirmationResult> JoinAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(confirmation.Hash, out var running))
        {
            return await running.Task.WaitAsync(cancellationToken);
        }

        // It ended between the two looks, or it ended and that could not be stored.
        return await RedeemAsync(confirmation, cancellationToken) is RedemptionResult.Answered(var result) ? result : await MarkUnknownAsync(confirmation, cancellationToken);
    }

    // Nothing in this process carries it out any more, and no other process has this database: its outcome cannot be known any more.
    private async Task<ConfirmationResult> MarkUnknownAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        await lane.WriteAsync(
            async unit =>
            {
                await using var db = database.Join(unit);
                return !_running.ContainsKey(confirmation.Hash)
                    && await Redemption.FinishAsync(db, confirmation.Hash, PendingActionState.Unknown, ConfirmationTexts.Unknown, unit.Now);
            },
            cancellationToken);
        return await RedeemAsync(confirmation, cancellationToken) is RedemptionResult.Answered(var result) ? result : ConfirmationTexts.StillRunning;
    }

    private async Task<ConfirmationResult> ExecuteAsync(
        IExternalTool tool, PendingAction action, Confirmation confirmation, Func<WriteUnit, FinishedAction, Task> record)
    {
        var finished = await AttemptAsync(tool, action, confirmation);
        ConfirmationResult result = new ConfirmationResult.NotDone(ConfirmationTexts.Unknown);
        try
        {
            await lane.WriteAsync(
                async unit =>
                {
                    await using var db = database.Join(unit);
                    await record(unit, finished);
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
            if (_running.TryRemove(confirmation.Hash, out var waiting))
            {
                waiting.SetResult(result);
            }
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
