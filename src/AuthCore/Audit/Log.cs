using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Audit;

internal static partial class Log
{
    [LoggerMessage(EventIds.Audit, LogLevel.Error, "{Path} could not be read: that the newest lines of the audit trail were cut off would not be noticed")]
    public static partial void HeadsUnreadable(ILogger logger, Exception exception, string path);

    [LoggerMessage(EventIds.Audit + 1, LogLevel.Error, "{Path} could not be written: that the newest lines of the audit trail were cut off would not be noticed. Said once until it can be written again")]
    public static partial void HeadsNotWritten(ILogger logger, Exception exception, string path);

    [LoggerMessage(EventIds.Audit + 2, LogLevel.Information, "The audit trail is intact: {Lines} lines in {Writers} chains")]
    public static partial void Intact(ILogger logger, long lines, int writers);

    [LoggerMessage(EventIds.Audit + 3, LogLevel.Critical, "The audit trail is not intact: chain {Writer}, {Finding} at line {Sequence}. Somebody changed the database, or an older one was restored")]
    public static partial void NotIntact(ILogger logger, string writer, AuditFinding finding, long? sequence);

    [LoggerMessage(EventIds.Audit + 4, LogLevel.Error, "A chain of the audit trail begins anew as {Writer}: the table does not reach the place where {Before} ended")]
    public static partial void ChainBegunAnew(ILogger logger, string writer, string before);

    [LoggerMessage(EventIds.Audit + 5, LogLevel.Warning, "Where chain {Writer} of the audit trail ended is not known: that its newest lines were cut off would not be noticed. Its {Lines} lines follow from each other")]
    public static partial void EndUnknown(ILogger logger, string writer, long lines);

    [LoggerMessage(EventIds.Audit + 7, LogLevel.Warning, "Chain {Writer} of the audit trail was made under another master key: whether its {Lines} lines were changed cannot be known any more")]
    public static partial void OtherKey(ILogger logger, string writer, long lines);

    [LoggerMessage(EventIds.Audit + 8, LogLevel.Warning, "A chain of the audit trail begins anew as {Writer}: {Before} was made under another master key")]
    public static partial void ChainOfAnotherKeyEnded(ILogger logger, string writer, string before);

    [LoggerMessage(EventIds.Audit + 6, LogLevel.Error, "The audit trail could not be checked")]
    public static partial void CheckFailed(ILogger logger, Exception exception);
}
