using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Token;

internal static partial class Log
{
    [LoggerMessage(EventIds.Token, LogLevel.Debug, "Tokens of family {FamilyId} issued to {ClientId} for {GrantType}")]
    public static partial void Issued(ILogger logger, string familyId, string clientId, string grantType);

    [LoggerMessage(EventIds.Token + 1, LogLevel.Debug, "Refused {GrantType} of {ClientId}: {Reason}")]
    public static partial void Refused(ILogger logger, string grantType, string clientId, GrantRefusal reason);

    [LoggerMessage(EventIds.Token + 2, LogLevel.Warning, "A code of {ClientId} was presented by another client, {OtherClientId}; it stays valid for its own")]
    public static partial void CodeOfAnotherClient(ILogger logger, string clientId, string otherClientId);

    [LoggerMessage(EventIds.Families + 1, LogLevel.Warning, "Family {FamilyId}: the exchange for refresh token {Generation} was repeated from another address within the grace window")]
    public static partial void RefreshTokenReplayedFromElsewhere(ILogger logger, string familyId, int generation);

    [LoggerMessage(EventIds.Families + 2, LogLevel.Warning, "A refresh token of family {FamilyId} was presented by another client, {ClientId}; the family stays valid")]
    public static partial void RefreshTokenOfAnotherClient(ILogger logger, string familyId, string clientId);

    [LoggerMessage(EventIds.Families + 3, LogLevel.Error, "Family {FamilyId}: genuine refresh token {Generation} is newer than {Newest}, the newest that this database knows. Was it restored from a backup?")]
    public static partial void RefreshTokenFromTheFuture(ILogger logger, string familyId, int generation, int newest);
}
