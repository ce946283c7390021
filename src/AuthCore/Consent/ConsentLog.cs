using AuthCore.Storage.Facts;
using Microsoft.Extensions.Logging;

namespace AuthCore.Consent;

/// <summary>What the log says of consent.</summary>
internal sealed class ConsentLog(ILogger<ConsentLog> logger) : IFactProjection
{
    public void Apply(RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case ConsentAllowed allowed:
                Log.Allowed(logger, allowed.UserId, allowed.ClientId, allowed.Scopes, allowed.Resource);
                break;
            case ConsentDenied denied:
                Log.Denied(logger, denied.UserId, denied.ClientId);
                break;
        }
    }
}
