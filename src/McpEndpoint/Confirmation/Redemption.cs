using System.Text.Json;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using McpEndpoint.Storage;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Confirmation;

/// <summary>
/// Redeems a confirmation token on a unit of the write lane: one conditional update, whose row count says who carries the action out. Everything
/// else only explains to the others.
/// </summary>
internal static class Redemption
{
    public static async Task<RedemptionResult> RedeemAsync(McpDbContext db, Confirmation confirmation, DateTimeOffset now)
    {
        var (hash, key, grant) = (confirmation.Hash, confirmation.Key, confirmation.Caller.Grant!);
        var mine = db.PendingActions.Belonging(hash, grant);
        if (key is not null && await IsTakenAsync(db, hash, key, grant))
        {
            return await mine.AnyAsync() ? Answered(ConfirmationTexts.KeyConflict) : Answered(ConfirmationTexts.NotFound);
        }

        var redeemed = await mine
            .Where(action => action.State == PendingActionState.Prepared && action.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(action => action.State, PendingActionState.Executing)
                .SetProperty(action => action.IdempotencyKey, key)
                .SetProperty(action => action.RedeemedAt, now));
        var found = await mine.AsNoTracking().FirstOrDefaultAsync();
        return redeemed == 1 ? new RedemptionResult.Redeemed(found!) : Explain(found, key);
    }

    /// <summary>Stores how an action that is being executed ended; false when it is not being executed.</summary>
    public static Task<bool> FinishAsync(McpDbContext db, FinishedAction finished, DateTimeOffset now) =>
        FinishAsync(db, TokenHash.FromStorage(finished.Action.TokenHash), finished.State, finished.Outcome, now);

    /// <inheritdoc cref="FinishAsync(McpDbContext, FinishedAction, DateTimeOffset)"/>
    public static async Task<bool> FinishAsync(McpDbContext db, TokenHash hash, PendingActionState state, string outcome, DateTimeOffset now)
    {
        var failed = state == PendingActionState.Failed;
        return await db.PendingActions
            .Where(action => action.TokenHash == hash.Value && action.State == PendingActionState.Executing)
            .ExecuteUpdateAsync(set => set
                .SetProperty(action => action.State, state)
                .SetProperty(action => action.Outcome, outcome)
                .SetProperty(action => action.FinishedAt, now)
                .SetProperty(action => action.IdempotencyKey, action => failed ? null : action.IdempotencyKey)) == 1;
    }

    private static Task<bool> IsTakenAsync(McpDbContext db, TokenHash hash, string key, AccessGrant grant) =>
        db.PendingActions.AnyAsync(action =>
            action.IdempotencyKey == key && action.UserId == grant.UserId && action.ClientId == grant.ClientId && action.TokenHash != hash.Value);

    private static RedemptionResult Explain(PendingAction? action, string? key) =>
        action is null ? Answered(ConfirmationTexts.NotFound) : Explain(action, isOtherKey: key is not null && key != action.IdempotencyKey);

    private static RedemptionResult Explain(PendingAction action, bool isOtherKey) => action.State switch
    {
        PendingActionState.Prepared => Answered(ConfirmationTexts.Expired),
        PendingActionState.Failed => Answered(new ConfirmationResult.NotDone(action.Outcome!)),
        PendingActionState.Executing => isOtherKey ? Answered(ConfirmationTexts.AlreadyUsed) : new RedemptionResult.Running(),
        PendingActionState.Done => Answered(isOtherKey ? ConfirmationTexts.AlreadyUsed : new ConfirmationResult.Done(JsonElement.Parse(action.Outcome!))),
        PendingActionState.Unknown => Answered(isOtherKey ? ConfirmationTexts.AlreadyUsed : new ConfirmationResult.NotDone(action.Outcome!)),
    };

    private static RedemptionResult.Answered Answered(ConfirmationResult result) => new(result);
}
