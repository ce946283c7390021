using AuthCore.Storage.Facts;
using Microsoft.Extensions.Logging;

namespace AuthCore.Grants;

/// <summary>What the log says of grants.</summary>
internal sealed class GrantLog(ILogger<GrantLog> logger) : IFactProjection
{
    public void Apply(RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case FamilyBegan began:
                Log.FamilyBegan(logger, began.FamilyId, began.ClientId);
                break;
            case RefreshTokenReused reused:
                Log.RefreshTokenReused(logger, reused.FamilyId, reused.ClientId, reused.Generation, reused.Newest);
                break;
            case CodeReused reused:
                Log.CodeReused(logger, reused.FamilyId, reused.ClientId);
                break;
            case FamilyRevoked { Reason: RevocationReason.Client } revoked:
                Log.RevokedByClient(logger, revoked.FamilyId, revoked.Actor);
                break;
            case FamilyRevoked revoked:
                Log.Revoked(logger, revoked.FamilyId, revoked.Reason, revoked.Actor);
                break;
            case FamilyProven { Superseded: > 0 } proven:
                Log.FamiliesSuperseded(logger, proven.FamilyId, proven.ClientId, proven.Superseded);
                break;
        }
    }
}
