using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Registration;

internal static partial class Log
{
    [LoggerMessage(EventIds.Clients, LogLevel.Information, "Client {ClientId} registered itself with {AuthMethod}")]
    public static partial void Registered(ILogger logger, string clientId, string authMethod);

    [LoggerMessage(EventIds.Clients + 1, LogLevel.Information, "{Count} unused registrations were removed")]
    public static partial void Purged(ILogger logger, int count);

    [LoggerMessage(EventIds.Clients + 2, LogLevel.Information, "{Count} clients of the configuration are in place")]
    public static partial void Preregistered(ILogger logger, int count);

    [LoggerMessage(EventIds.Clients + 10, LogLevel.Warning, "{More} more clients registered themselves than were listed; {Dropped} unused registrations ({Bytes} bytes) were dropped to make room")]
    public static partial void Dropped(ILogger logger, int more, int dropped, long bytes);

    [LoggerMessage(EventIds.Clients + 11, LogLevel.Warning, "What became of registrations could not be written down and is tried again in a minute")]
    public static partial void ReportFailed(ILogger logger, Exception exception);
}
