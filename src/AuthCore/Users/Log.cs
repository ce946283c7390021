using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Users;

internal static partial class Log
{
    [LoggerMessage(EventIds.Users + 20, LogLevel.Information, "Sign-in refused for {UserId}: {Reason}")]
    public static partial void SignInRefused(ILogger logger, string userId, string reason);

    [LoggerMessage(EventIds.Users + 21, LogLevel.Warning, "Account {UserId} is locked for a while: {Limit} wrong passwords in a row, from several addresses")]
    public static partial void AccountLocked(ILogger logger, string userId, int limit);

    [LoggerMessage(EventIds.Users + 40, LogLevel.Warning, "Upkeep of browser sessions did not finish and is tried again at the next turn")]
    public static partial void SessionUpkeepFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Users + 1, LogLevel.Information, "The first administrator is {UserId}")]
    public static partial void FirstAdministrator(ILogger logger, string userId);
}
