using AuthCore.Protocol;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Storage;
using McpEndpoint.Tools;
using Microsoft.EntityFrameworkCore;

namespace McpEndpoint.Confirmation;

/// <summary>The table of pending actions, read and purged; redemption is <see cref="Redemption"/>'s.</summary>
internal sealed class PendingActions(McpDatabase database, IWriteLane lane)
{
    /// <summary>
    /// Which tool prepared the action behind a token, if it was prepared by this very connection. Neither changes, so the gate and the confirmation after
    /// it share one look.
    /// </summary>
    public async Task<string?> FindToolAsync(TokenHash hash, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Confirms is { } known && known.Token == hash)
        {
            return known.Tool;
        }

        await using var db = database.OpenForReading();
        var tool = await db.PendingActions.Belonging(hash, caller.Grant!).Select(action => action.Tool).FirstOrDefaultAsync(cancellationToken);
        caller.Confirms = (hash, tool);
        return tool;
    }

    public Task<bool> AddAsync(Func<DateTimeOffset, PendingAction> create, CancellationToken cancellationToken) =>
        lane.WriteAsync(
            async unit =>
            {
                await using var db = database.Join(unit);
                db.PendingActions.Add(create(unit.Now));
                return await db.SaveChangesAsync() == 1;
            },
            cancellationToken);

    /// <summary>Before the host listens nothing can be executing, so whatever says that it is was interrupted.</summary>
    public Task<int> MarkInterruptedAsync(CancellationToken cancellationToken) =>
        lane.WriteAsync(
            async unit =>
            {
                await using var db = database.Join(unit);
                return await db.PendingActions
                    .Where(action => action.State == PendingActionState.Executing)
                    .ExecuteUpdateAsync(set => set
                        .SetProperty(action => action.State, PendingActionState.Unknown)
                        .SetProperty(action => action.FinishedAt, unit.Now)
                        .SetProperty(action => action.Outcome, ConfirmationTexts.Unknown));
            },
            cancellationToken);

    /// <summary>Removes at most so many actions that cannot be asked for any more; unknown ones stay longer.</summary>
    public Task<int> PurgeAsync(int most, TimeSpan keep, TimeSpan keepUnknown, CancellationToken cancellationToken) =>
        lane.WriteAsync(
            async unit =>
            {
                var (old, oldUnknown) = (unit.Now - keep, unit.Now - keepUnknown);
                await using var db = database.Join(unit);
                var hashes = await db.PendingActions
                    .Where(action => action.ExpiresAt < old && action.State != PendingActionState.Executing
                        && (action.State != PendingActionState.Unknown || action.ExpiresAt < oldUnknown))
                    .OrderBy(action => action.ExpiresAt)
                    .Select(action => action.TokenHash)
                    .Take(most)
                    .ToListAsync();
                return await db.PendingActions.Where(action => hashes.Contains(action.TokenHash)).ExecuteDeleteAsync();
            },
            cancellationToken);
}

/// <summary>The table in this endpoint's context, and the one definition of whose a pending action is.</summary>
internal static class PendingActionTable
{
    extension(McpDbContext db)
    {
        public DbSet<PendingAction> PendingActions => db.Set<PendingAction>();
    }

    public static IQueryable<PendingAction> Belonging(this IQueryable<PendingAction> actions, TokenHash hash, AccessGrant grant) =>
        actions.Where(action => action.TokenHash == hash.Value
            && action.UserId == grant.UserId && action.ClientId == grant.ClientId && action.FamilyId == grant.FamilyId);
}
