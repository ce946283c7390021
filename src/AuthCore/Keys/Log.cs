using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Keys;

internal static partial class Log
{
    [LoggerMessage(EventIds.Keys, LogLevel.Information, "{Count} signing keys; {KeyId} signs")]
    public static partial void KeysLoaded(ILogger logger, int count, string keyId);

    [LoggerMessage(EventIds.Keys + 10, LogLevel.Warning, "{Path} was open to other accounts (mode {Mode}); it is its owner's alone now. Who read it can sign access tokens: think of new keys")]
    public static partial void MasterKeyWasOpenToOthers(ILogger logger, string path, UnixFileMode mode);
}
