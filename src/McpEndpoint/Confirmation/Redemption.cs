using System.Diagnostics;
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
    public static async Task<Claim> ClaimAsync(McpDbContext db, TokenHash hash, string? key, AccessGrant grant, DateTimeOffset now)
    {
        var mine = db.PendingActions.Belonging(hash, grant);
        if (key is not null && await IsTakenAsync(db, hash, key, grant))
        {
            return await mine.AnyAsync() ? Settled(ConfirmationTexts.KeyConflict) : Settled(ConfirmationTexts.NotFound);
        }

        var redeemed = await mine
            .Where(action => action.State == PendingActionState.Prepared && action.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(action => action.State, PendingActionState.Executing)
                .SetProperty(action => action.IdempotencyKey, key)
                .SetProperty(action => action.RedeemedAt, now));
        var found = await mine.AsNoTracking().FirstOrDefaultAsync();
        return redeemed == 1 ? new Claim.Won(found!) : Explain(found, key);
    }

    /// <summary>Writes down what became of an action that is being executed; false when it is not.</summary>
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

    private static Claim Explain(PendingAction? action, string? key) => action switch
    {
        null => Settled(ConfirmationTexts.NotFound),
        { State: PendingActionState.Prepared } => Settled(ConfirmationTexts.Expired),
        { State: PendingActionState.Failed } => Settled(new ConfirmationOutcome.NotDone(action.Outcome!)),
        _ when key is not null && key != action.IdempotencyKey => Settled(ConfirmationTexts.AlreadyUsed),
        { State: PendingActionState.Executing } => new Claim.Running(),
        { State: PendingActionState.Done } => Settled(new ConfirmationOutcome.Done(JsonElement.Parse(action.Outcome!))),
        { State: PendingActionState.Unknown } => Settled(new ConfirmationOutcome.NotDone(action.Outcome!)),
        _ => throw new UnreachableException(),
    };

    private static Claim.Settled Settled(ConfirmationOutcome outcome) => new(outcome);
}
