using AuthCore.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AuthCore.Database;

/// <summary>Ready means that the lane takes a unit of work and the database lets it begin to write. Writes nothing, so a full disk shows only with the next write.</summary>
internal sealed class StorageHealth(IWriteLane lane) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await lane.WriteAsync(_ => Task.FromResult(true), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StorageBusyException busy)
        {
            return HealthCheckResult.Unhealthy("The database takes no writes.", busy);
        }
    }
}
