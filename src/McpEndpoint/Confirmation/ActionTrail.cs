using System.Diagnostics;
using AuthCore.Audit;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Says in log and audit trail what became of a confirmed action: once, by the call that carried it out.</summary>
internal sealed class ActionTrail(IAuditTrail audit, ILogger<ActionTrail> logger)
{
    public async Task RecordAsync(Executed executed)
    {
        var action = executed.Action;
        var hash = TokenHash.FromStorage(action.TokenHash);
        Log.ActionFinished(logger, action.Tool, hash, executed.State);
        try
        {
            await audit.RecordAsync(new AuditEntry(
                $"action.{Verb(executed.State)}", action.UserId, action.Tool,
                $"{action.Summary} (client {action.ClientId}, arguments sha256:{action.ArgumentsDigest})"));
        }
        catch (StorageBusyException busy)
        {
            // The deed is done and its outcome stored: a trail that is busy must not turn that into a failure.
            Log.AuditMissed(logger, action.Tool, hash, busy);
        }
    }

    private static string Verb(PendingActionState state) => state switch
    {
        PendingActionState.Done => "executed",
        PendingActionState.Failed => "failed",
        PendingActionState.Unknown => "unknown",
        PendingActionState.Prepared or PendingActionState.Executing => throw new UnreachableException(),
    };
}
