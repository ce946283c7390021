using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace McpEndpoint.Http;

internal static partial class Log
{
    [LoggerMessage(EventIds.Mcp, LogLevel.Debug, "Request refused with {Status}: {Message}")]
    public static partial void Refused(ILogger logger, int status, string message);

    [LoggerMessage(EventIds.Mcp + 1, LogLevel.Warning, "Request found the storage busy")]
    public static partial void RequestFoundStorageBusy(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Mcp + 2, LogLevel.Debug, "Client went away before it was answered")]
    public static partial void ClientWentAway(ILogger logger);

    [LoggerMessage(EventIds.Mcp + 3, LogLevel.Debug, "Keep-alive stopped: the client has gone")]
    public static partial void KeepAliveStopped(ILogger logger, Exception exception);
}
