using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Grants;

internal static partial class Log
{
    [LoggerMessage(EventIds.Families + 10, LogLevel.Information, "Family {FamilyId} of {ClientId} is in use and replaced {Count} older families, which were revoked")]
    public static partial void FamiliesSuperseded(ILogger logger, string familyId, string clientId, int count);

    [LoggerMessage(EventIds.Families + 11, LogLevel.Warning, "What family {FamilyId} replaces could not be revoked now; its next use tries again")]
    public static partial void ProofNotWritten(ILogger logger, string familyId, Exception exception);
}
