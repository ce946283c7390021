using Microsoft.Extensions.Logging;

namespace McpEndpoint.Tools;

internal static partial class Log
{
    [LoggerMessage(2020, LogLevel.Error, "Tool {Tool} failed; the caller was given reference {CorrelationId}")]
    public static partial void ToolFailed(ILogger logger, string tool, string correlationId, Exception exception);

    [LoggerMessage(2021, LogLevel.Warning, "Tool {Tool} found the storage busy; reference {CorrelationId}")]
    public static partial void ToolFoundStorageBusy(ILogger logger, string tool, string correlationId, Exception exception);

    [LoggerMessage(2022, LogLevel.Debug, "Tool {Tool} was called with arguments that do not match its schema")]
    public static partial void ArgumentsRefused(ILogger logger, string tool);

    [LoggerMessage(2023, LogLevel.Debug, "Tool {Tool} ended with {ExceptionType} after its client had gone")]
    public static partial void ClientLeft(ILogger logger, string tool, string exceptionType);
}
