using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Keys;

internal static partial class Log
{
    [LoggerMessage(EventIds.Keys, LogLevel.Information, "{Count} signing keys; {KeyId} signs")]
    public static partial void KeysLoaded(ILogger logger, int count, string keyId);
}
