using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Telemetry;
using Microsoft.Extensions.Options;

namespace AuthCore.Database;

/// <summary>Deletes old rows of what may be lost.</summary>
internal sealed class StaleTelemetry(IActivityLog activity, IOptions<TokenOptions> options, TimeProvider time) : ICleanup
{
    public string What => "telemetry";

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.LineageRetention;
        while (await activity.PruneAsync(before, Batches.Size) >= Batches.Size)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
