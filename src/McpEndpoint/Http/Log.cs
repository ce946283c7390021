using Microsoft.Extensions.Logging;

namespace McpEndpoint.Http;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Debug, "Request for {Method} refused with {Status}: {Message}")]
    public static partial void Refused(ILogger logger, string method, int status, string message);

    [LoggerMessage(2001, LogLevel.Warning, "Request found the storage busy")]
    public static partial void RequestFoundStorageBusy(ILogger logger, Exception exception);

    [LoggerMessage(2002, LogLevel.Debug, "Client went away before it was answered")]
    public static partial void ClientWentAway(ILogger logger);

    [LoggerMessage(2003, LogLevel.Debug, "Keep-alive stopped: the client has gone")]
    public static partial void KeepAliveStopped(ILogger logger);

    [LoggerMessage(2010, LogLevel.Warning, "The SDK reported {Event}: {ExceptionType}")]
    public static partial void SdkReported(ILogger logger, string @event, string exceptionType);

    [LoggerMessage(2011, LogLevel.Error, "A request failed; the caller was given reference {CorrelationId}")]
    public static partial void RequestFailed(ILogger logger, string correlationId, Exception exception);
}
