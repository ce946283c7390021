using System.Data.Common;
using AuthCore.Storage;

namespace AdminConsole.Shared;

internal static partial class Log
{
    /// <summary>Whether an exception says that the database did not answer; if so, it is in the log, for the page will only say that much.</summary>
    /// <param name="logger">Of the page.</param>
    /// <param name="exception">What was thrown.</param>
    /// <param name="what">What was being read or done.</param>
    public static bool KnowsAsStorageTrouble(this ILogger logger, Exception exception, string what)
    {
        if (exception is not (DbException or StorageBusyException or TimeoutException))
        {
            return false;
        }

        StorageDidNotAnswer(logger, what, exception);
        return true;
    }

    [LoggerMessage(3001, LogLevel.Error, "Storage did not answer the console: {What}")]
    private static partial void StorageDidNotAnswer(ILogger logger, string what, Exception exception);
}
