using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Token;

internal static partial class Log
{
    [LoggerMessage(EventIds.Token, LogLevel.Information, "Tokens of family {FamilyId} issued to {ClientId} for {GrantType}")]
    public static partial void Issued(ILogger logger, string familyId, string clientId, string grantType);

    [LoggerMessage(EventIds.Token + 1, LogLevel.Debug, "Refused {GrantType} of {ClientId}: {Reason}")]
    public static partial void Refused(ILogger logger, string grantType, string clientId, GrantRefusal reason);

    [LoggerMessage(EventIds.Token + 2, LogLevel.Warning, "A code of {ClientId} was presented by another client, {Stranger}; it stays valid for its own")]
    public static partial void CodeOfAnotherClient(ILogger logger, string clientId, string stranger);

    [LoggerMessage(EventIds.Token + 3, LogLevel.Warning, "Family {FamilyId} of {ClientId} ended: its authorization code was used again")]
    public static partial void CodeReused(ILogger logger, string familyId, string clientId);
}
