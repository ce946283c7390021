using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Storage;

internal static partial class Log
{
    [LoggerMessage(EventIds.Storage + 5, LogLevel.Debug, "Cleaned up {Rows} rows of {Table}")]
    public static partial void CleanedUp(ILogger logger, int rows, string table);
}
