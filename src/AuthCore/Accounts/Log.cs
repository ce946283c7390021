using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Accounts;

internal static partial class Log
{
    [LoggerMessage(EventIds.Users, LogLevel.Information, "McpAuthConsole serves {Issuer}")]
    public static partial void Serving(ILogger logger, string issuer);

    [LoggerMessage(EventIds.Users + 1, LogLevel.Information, "The first administrator is {UserId}")]
    public static partial void FirstAdministrator(ILogger logger, string userId);

    [LoggerMessage(EventIds.Users + 10, LogLevel.Warning, "{Count} wrong set-up codes came from {Address}, which is refused for {Pause}. The code stays good elsewhere")]
    public static partial void SetupCodeGuessed(ILogger logger, int count, string address, TimeSpan pause);
}
