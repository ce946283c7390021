using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Grants;

internal static partial class Log
{
    [LoggerMessage(EventIds.Token + 3, LogLevel.Warning, "Family {FamilyId} of {ClientId} was revoked: its authorization code was used again")]
    public static partial void CodeReused(ILogger logger, string familyId, string clientId);

    [LoggerMessage(EventIds.Families, LogLevel.Warning, "Family {FamilyId} of {ClientId} was revoked: refresh token {Generation} was used again while {Newest} is the newest")]
    public static partial void RefreshTokenReused(ILogger logger, string familyId, string clientId, int generation, int newest);

    [LoggerMessage(EventIds.Families + 4, LogLevel.Information, "Family {FamilyId} of {ClientId} began")]
    public static partial void FamilyBegan(ILogger logger, string familyId, string clientId);

    [LoggerMessage(EventIds.Families + 10, LogLevel.Information, "Family {FamilyId} of {ClientId} is in use and replaced {Count} older families, which were revoked")]
    public static partial void FamiliesSuperseded(ILogger logger, string familyId, string clientId, int count);

    [LoggerMessage(EventIds.Families + 11, LogLevel.Warning, "What family {FamilyId} replaces could not be revoked now; its next use tries again")]
    public static partial void ProofNotWritten(ILogger logger, string familyId, Exception exception);

    [LoggerMessage(EventIds.Families + 12, LogLevel.Warning, "Families of disabled clients or users could not be revoked now; it is tried again. Nothing of them is accepted meanwhile")]
    public static partial void RemainingNotRevoked(ILogger logger, Exception exception);

    [LoggerMessage(EventIds.Revocation, LogLevel.Information, "Family {FamilyId} was revoked by its client {ClientId}")]
    public static partial void RevokedByClient(ILogger logger, string familyId, string clientId);

    [LoggerMessage(EventIds.Revocation + 1, LogLevel.Information, "Family {FamilyId} was revoked ({Reason}) by {Actor}")]
    public static partial void Revoked(ILogger logger, string familyId, RevocationReason reason, string actor);
}
