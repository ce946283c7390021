using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Revocation;

internal static partial class Log
{
    [LoggerMessage(EventIds.Revocation, LogLevel.Information, "Family {FamilyId} was ended by its client {ClientId}")]
    public static partial void RevokedByClient(ILogger logger, string familyId, string clientId);
}
