using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using Microsoft.Extensions.Logging;

namespace AuthCore.Registration;

/// <summary>What log and metrics say of registrations.</summary>
internal sealed class RegistrationLog(AuthCoreMeter meter, ILogger<RegistrationLog> logger) : IFactProjection
{
    public void Apply(RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case ClientRegistered registered:
                Log.Registered(logger, registered.ClientId, registered.AuthMethod);
                break;
            case RegistrationsTold told:
                Log.Dropped(logger, told.More, told.Dropped, told.Bytes);
                break;
            case RegistrationsPurged purged:
                Log.Purged(logger, purged.Count);
                break;
            case RegistrationsDropped dropped:
                meter.RegistrationsDropped.Add(dropped.Count);
                break;
        }
    }
}
