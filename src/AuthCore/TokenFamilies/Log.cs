using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.TokenFamilies;

internal static partial class Log
{
    [LoggerMessage(EventIds.Families, LogLevel.Warning, "Family {FamilyId} of {ClientId} ended: refresh token {Generation} was used again while {Newest} is the newest")]
    public static partial void RefreshTokenReused(ILogger logger, string familyId, string clientId, int generation, int newest);

    [LoggerMessage(EventIds.Families + 1, LogLevel.Warning, "Family {FamilyId}: the exchange for refresh token {Generation} was repeated from another address and forgiven")]
    public static partial void RefreshTokenReplayedFromElsewhere(ILogger logger, string familyId, int generation);

    [LoggerMessage(EventIds.Families + 2, LogLevel.Warning, "A refresh token of family {FamilyId} was presented by another client, {ClientId}; the family lives on")]
    public static partial void RefreshTokenOfAnotherClient(ILogger logger, string familyId, string clientId);

    [LoggerMessage(EventIds.Families + 3, LogLevel.Error, "Family {FamilyId}: genuine refresh token {Generation} is newer than {Newest}, the newest that this database knows. Was it restored from a backup?")]
    public static partial void RefreshTokenFromTheFuture(ILogger logger, string familyId, int generation, int newest);

    [LoggerMessage(EventIds.Families + 4, LogLevel.Information, "Family {FamilyId} of {ClientId} began")]
    public static partial void FamilyBegan(ILogger logger, string familyId, string clientId);

    [LoggerMessage(EventIds.Families + 10, LogLevel.Information, "Family {FamilyId} of {ClientId} is in use and replaced {Count} older families, which were revoked")]
    public static partial void FamiliesSuperseded(ILogger logger, string familyId, string clientId, int count);

    [LoggerMessage(EventIds.Families + 11, LogLevel.Warning, "What family {FamilyId} replaces could not be revoked now; its next use tries again")]
    public static partial void ProofNotWritten(ILogger logger, string familyId, Exception exception);
}
