using System.Diagnostics;
using AuthCore.Audit;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Says in log and audit trail what became of a confirmed action: once, in the commit that stores its outcome.</summary>
internal sealed class ActionTrail(IAuditTrail audit, ILogger<ActionTrail> logger)
{
    /// <summary>Call while the request is at hand; the step that comes back belongs into the unit that stores the outcome.</summary>
    public Func<WriteUnit, Executed, Task> Begin()
    {
        var append = audit.Begin();
        return async (unit, executed) =>
        {
            var action = executed.Action;
            await append(unit, new AuditEntry(
                $"action.{Verb(executed.State)}", action.UserId, action.Tool,
                $"{action.Summary} (client {action.ClientId}, arguments sha256:{action.ArgumentsDigest})"));
            unit.OnCommitted(() => Log.ActionFinished(logger, action.Tool, TokenHash.FromStorage(action.TokenHash), executed.State));
        };
    }

    private static string Verb(PendingActionState state) => state switch
    {
        PendingActionState.Done => "executed",
        PendingActionState.Failed => "failed",
        PendingActionState.Unknown => "unknown",
        PendingActionState.Prepared or PendingActionState.Executing => throw new UnreachableException(),
    };
}
