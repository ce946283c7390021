using AuthCore.Storage;

namespace AuthCore.ResourceServer;

/// <summary>Forgets the liveness of what cannot be shown any more.</summary>
internal sealed class StaleLiveness(LivenessSet liveness) : ICleanup
{
    public string What => "liveness";

    public Task CleanAsync(CancellationToken cancellationToken)
    {
        liveness.Prune();
        return Task.CompletedTask;
    }
}
