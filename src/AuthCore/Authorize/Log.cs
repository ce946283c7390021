using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Authorize;

internal static partial class Log
{
    [LoggerMessage(EventIds.Authorize, LogLevel.Debug, "An authorization request was refused on a page here: {Error}: {Explanation}")]
    public static partial void RefusedHere(ILogger logger, string error, string explanation);

    [LoggerMessage(EventIds.Authorize + 1, LogLevel.Debug, "An authorization request of {ClientId} was refused: {Error}: {Explanation}")]
    public static partial void RefusedAtClient(ILogger logger, string clientId, string error, string explanation);

    [LoggerMessage(EventIds.Authorize + 10, LogLevel.Debug, "An authorization request of {ClientId} was refused on a page here, because nobody vouches for {Destination}: {Error}: {Explanation}")]
    public static partial void StoppedHere(ILogger logger, string clientId, string destination, string error, string explanation);
}
