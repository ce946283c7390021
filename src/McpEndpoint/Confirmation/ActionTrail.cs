using AuthCore.Audit;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

/// <summary>Says in log and audit trail how a confirmed action ended: once, in the commit that stores its outcome.</summary>
internal sealed class ActionTrail(IAuditTrail audit, ILogger<ActionTrail> logger)
{
    /// <summary>Call while the request is at hand; the step that comes back belongs into the unit that stores the outcome.</summary>
    public Func<WriteUnit, FinishedAction, Task> Begin()
    {
        var append = audit.Begin();
        return async (unit, finished) =>
        {
            var action = finished.Action;
            await append(unit, new AuditEntry(
                $"action.{finished.Verb}", action.UserId, action.Tool,
                $"{action.Summary} (client {action.ClientId}, arguments sha256:{action.ArgumentsDigest})"));
            unit.OnCommitted(() => Log.ActionFinished(logger, action.Tool, TokenHash.FromStorage(action.TokenHash), finished.State));
        };
    }
}
