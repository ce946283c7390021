using AuthCore.Protocol;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Confirmation;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Debug, "{Tool} prepared action {Action} for family {FamilyId}")]
    public static partial void ActionPrepared(ILogger logger, string tool, TokenHash action, string familyId);

    [LoggerMessage(2101, LogLevel.Information, "Confirmed action {Action} of {Tool}: {Outcome}")]
    public static partial void ActionFinished(ILogger logger, string tool, string action, string outcome);

    [LoggerMessage(2102, LogLevel.Error, "Confirmed action of {Tool} failed; the caller was given reference {CorrelationId}")]
    public static partial void ActionThrew(ILogger logger, string tool, string correlationId, Exception exception);

    [LoggerMessage(2103, LogLevel.Critical, "Action {Action} of {Tool} ended as {State}, which could not be stored; it will be shown as unknown")]
    public static partial void OutcomeNotRecorded(ILogger logger, string tool, TokenHash action, PendingActionState state, Exception exception);

    [LoggerMessage(2105, LogLevel.Debug, "Removed {Count} old pending actions")]
    public static partial void OldActionsRemoved(ILogger logger, int count);
}
