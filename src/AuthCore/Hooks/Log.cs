using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Hooks;

internal static partial class Log
{
    [LoggerMessage(EventIds.Hooks, LogLevel.Error, "Hook {Hook} failed with the fact {Fact}; the next one runs")]
    public static partial void FactHookFailed(ILogger logger, Exception exception, Type hook, string fact);

    [LoggerMessage(EventIds.Hooks + 1, LogLevel.Error, "Hooks are too slow, or the host is ending: facts are dropped before they reach them ({Capacity} may wait). Said once until they flow again")]
    public static partial void QueueFull(ILogger logger, int capacity);

    [LoggerMessage(EventIds.Hooks + 2, LogLevel.Warning, "Facts reach hooks again; {Dropped} were dropped")]
    public static partial void QueueFlows(ILogger logger, int dropped);

    [LoggerMessage(EventIds.Hooks + 3, LogLevel.Warning, "The host ended before hooks were told of the last {Facts} facts, and perhaps while one ran")]
    public static partial void FactsLeft(ILogger logger, int facts);

    [LoggerMessage(EventIds.Hooks + 4, LogLevel.Information, "Hook {Hook} refused {Decision} of {Subject}: {Reason}")]
    public static partial void Vetoed(ILogger logger, Type hook, string decision, string subject, string reason);

    [LoggerMessage(EventIds.Hooks + 5, LogLevel.Error, "Hook {Hook} failed, and that refuses: {Decision}")]
    public static partial void DecisionHookFailed(ILogger logger, Exception exception, Type hook, string decision);

    [LoggerMessage(EventIds.Hooks + 6, LogLevel.Error, "Hook {Hook} took longer than {Limit}, and that refuses: {Decision}")]
    public static partial void DecisionHookTooSlow(ILogger logger, Type hook, TimeSpan limit, string decision);

    [LoggerMessage(EventIds.Hooks + 7, LogLevel.Warning, "A veto is not in the audit trail, because the storage was busy: {Decision}")]
    public static partial void VetoNotRecorded(ILogger logger, Exception exception, string decision);
}
