using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Storage;

internal static partial class Log
{
    [LoggerMessage(EventIds.Storage, LogLevel.Information, "Database {Path}, SQLite {Version}")]
    public static partial void DatabaseOpened(ILogger logger, string path, string version);

    [LoggerMessage(EventIds.Storage + 1, LogLevel.Error, "A batch of {Units} units of work was rolled back: the database did not take it")]
    public static partial void BatchRolledBack(ILogger logger, Exception exception, int units);

    [LoggerMessage(EventIds.Storage + 2, LogLevel.Information, "Applied {Count} migrations of {Context}: {Migrations}")]
    public static partial void Migrated(ILogger logger, int count, string context, string migrations);

    [LoggerMessage(EventIds.Storage + 3, LogLevel.Warning, "The telemetry file could not be read and was begun anew; last-seen times and refusal counts start from zero")]
    public static partial void TelemetryBegunAnew(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 4, LogLevel.Warning, "Telemetry of the last seconds could not be written and was dropped")]
    public static partial void TelemetryDropped(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 5, LogLevel.Debug, "Cleaned up {Rows} rows of {Table}")]
    public static partial void CleanedUp(ILogger logger, int rows, string table);

    [LoggerMessage(EventIds.Storage + 6, LogLevel.Warning, "Cleaning up did not finish and is tried again at the next turn")]
    public static partial void CleaningFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 7, LogLevel.Critical, "What had to follow a commit failed: this process may accept what that commit ended. Restart the host")]
    public static partial void AfterCommitFailed(ILogger logger, Exception exception);
}
