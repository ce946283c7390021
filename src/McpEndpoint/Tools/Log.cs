using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Tools;

internal static partial class Log
{
    [LoggerMessage(EventIds.Mcp + 20, LogLevel.Error, "Tool {Tool} failed; the caller was given reference {CorrelationId}")]
    public static partial void ToolFailed(ILogger logger, string tool, string correlationId, Exception exception);

    [LoggerMessage(EventIds.Mcp + 21, LogLevel.Warning, "Tool {Tool} found the storage busy; reference {CorrelationId}")]
    public static partial void ToolFoundStorageBusy(ILogger logger, string tool, string correlationId, Exception exception);
}
