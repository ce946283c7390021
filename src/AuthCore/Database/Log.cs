using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Database;

internal static partial class Log
{
    [LoggerMessage(EventIds.Storage + 25, LogLevel.Warning, "Cleaning up {What} did not finish and is tried again at the next turn. Said once for as long as it is the same")]
    public static partial void CleanupFailed(ILogger logger, Exception exception, string what);

    [LoggerMessage(EventIds.Storage + 26, LogLevel.Information, "Cleaning up {What} works again")]
    public static partial void CleanupRecovered(ILogger logger, string what);
}
