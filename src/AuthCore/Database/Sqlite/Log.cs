using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Database.Sqlite;

internal static partial class Log
{
    [LoggerMessage(EventIds.Storage, LogLevel.Information, "Database {Path}, SQLite {Version}")]
    public static partial void DatabaseOpened(ILogger logger, string path, string version);

    [LoggerMessage(EventIds.Storage + 1, LogLevel.Error, "A batch of {Units} units of work was rolled back: the database did not take it")]
    public static partial void BatchRolledBack(ILogger logger, Exception exception, int units);

    [LoggerMessage(EventIds.Storage + 2, LogLevel.Information, "Applied {Count} migrations of {Context}: {Migrations}")]
    public static partial void Migrated(ILogger logger, int count, string context, string migrations);

    [LoggerMessage(EventIds.Storage + 8, LogLevel.Information, "Applying {Count} migrations of {Context} to {Path}, {Megabytes} MB: that may take minutes, and needs as much space on the disk again. Interrupted, it changes nothing")]
    public static partial void Migrating(ILogger logger, int count, string context, string path, long megabytes);

    [LoggerMessage(EventIds.Storage + 3, LogLevel.Warning, "The telemetry file could not be read and was begun anew; last-seen times and refusal counts start from zero")]
    public static partial void TelemetryBegunAnew(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 4, LogLevel.Warning, "Telemetry of the last seconds could not be written and was dropped. Said once until it can be written again")]
    public static partial void TelemetryDropped(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 7, LogLevel.Critical, "What had to follow a commit failed: this process may accept what that commit ended. Restart the host")]
    public static partial void AfterCommitFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 20, LogLevel.Error, "The database takes no writes: the {Units} units of work that waited were refused")]
    public static partial void WritesRefused(ILogger logger, Exception exception, int units);

    [LoggerMessage(EventIds.Storage + 21, LogLevel.Critical, "A unit of work held the write lane for more than {Limit} (Database:LaneUnitLimit). Its batch of {Units} was rolled back and its connection closed")]
    public static partial void UnitHeldTheLane(ILogger logger, TimeSpan limit, int units);

    [LoggerMessage(EventIds.Storage + 22, LogLevel.Critical, "A save of ASP.NET Identity held the write lane for more than {Limit} (Database:LaneUnitLimit) and was interrupted")]
    public static partial void SaveHeldTheLane(ILogger logger, TimeSpan limit);

    [LoggerMessage(EventIds.Storage + 23, LogLevel.Warning, "{Path} was open to other accounts (mode {Mode}); it is its owner's alone now")]
    public static partial void FileWasOpenToOthers(ILogger logger, string path, UnixFileMode mode);

    [LoggerMessage(EventIds.Storage + 24, LogLevel.Warning, "{Path} is open to other accounts and belongs to another one: make it the service account's, with mode 0600")]
    public static partial void FileIsOpenToOthers(ILogger logger, Exception exception, string path);

    [LoggerMessage(EventIds.Storage + 27, LogLevel.Warning, "The telemetry file cannot be opened now; last-seen times and refusal counts are kept back meanwhile")]
    public static partial void TelemetryClosed(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Storage + 28, LogLevel.Error, "The damaged telemetry file could not be begun anew and is tried again; lists may fail until then")]
    public static partial void TelemetryStaysDamaged(ILogger logger, Exception exception);
}
