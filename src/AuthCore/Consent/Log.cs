using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Consent;

internal static partial class Log
{
    [LoggerMessage(EventIds.Authorize + 2, LogLevel.Information, "{UserId} allowed {ClientId} {Scopes} for {Resource}")]
    public static partial void Allowed(ILogger logger, string userId, string clientId, string scopes, string resource);

    [LoggerMessage(EventIds.Authorize + 3, LogLevel.Information, "{UserId} denied {ClientId}")]
    public static partial void Denied(ILogger logger, string userId, string clientId);

    [LoggerMessage(EventIds.Authorize + 4, LogLevel.Warning, "A consent form of {AskedUserId} was answered in a session of {UserId}; nothing was granted")]
    public static partial void AnsweredBySomebodyElse(ILogger logger, string askedUserId, string userId);
}
