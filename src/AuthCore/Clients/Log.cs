using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Clients;

internal static partial class Log
{
    [LoggerMessage(EventIds.Clients, LogLevel.Information, "Client {ClientId} registered itself with {AuthMethod}")]
    public static partial void Registered(ILogger logger, string clientId, string authMethod);

    [LoggerMessage(EventIds.Clients + 1, LogLevel.Information, "{Count} registrations that nobody ever used were removed")]
    public static partial void Reaped(ILogger logger, int count);

    [LoggerMessage(EventIds.Clients + 2, LogLevel.Information, "{Count} clients of the configuration are in place")]
    public static partial void Preregistered(ILogger logger, int count);
}
