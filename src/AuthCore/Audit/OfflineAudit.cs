using AuthCore.Hosting;
using AuthCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Audit;

/// <summary>What became of an order to accept that ends of chains are missing.</summary>
/// <param name="Accepted">The chains whose end is not asked for any more, as they were recorded.</param>
/// <param name="Now">What a check found after that.</param>
public sealed record AuditAcceptance(IReadOnlyList<AuditEndAccepted> Accepted, AuditReport Now);

/// <summary>The audit trail of a host that is stopped, for the person who has its data directory. Asks for no role, and owns the directory as a running host does.</summary>
public static class OfflineAudit
{
    /// <summary>Checks every line.</summary>
    /// <param name="services">Of a host that has AuthCore and was not started.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BrokenSetupException">The host is running, there is no database, or storage cannot be opened as it is set up.</exception>
    public static Task<AuditReport> VerifyAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IOfflineStorage>().RunAsync(
            () => services.GetRequiredService<AuditVerifier>().VerifyAsync(cancellationToken: cancellationToken), cancellationToken);

    /// <summary>
    /// After an older database was restored on purpose: forgets where the chains ended whose newest lines are missing, and records that. What is broken stays broken.
    /// </summary>
    /// <param name="services">Of a host that has AuthCore and was not started.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    /// <exception cref="BrokenSetupException">The host is running, there is no database, or storage cannot be opened as it is set up.</exception>
    /// <exception cref="StorageBusyException">Nothing was accepted.</exception>
    public static Task<AuditAcceptance> AcceptAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IOfflineStorage>().RunAsync(
            async () =>
            {
                var verifier = services.GetRequiredService<AuditVerifier>();
                var before = await verifier.VerifyAsync(cancellationToken: cancellationToken);
                var heads = services.GetRequiredService<AuditHeads>().Read();
                AuditEndAccepted[] accepted =
                [
                    .. before.Chains.Where(chain => chain.Finding is AuditFinding.CutOff)
                        .Select(chain => new AuditEndAccepted(chain.Writer, heads.Single(head => head.Writer == chain.Writer).Number, chain.Lines)),
                ];
                if (accepted.Length == 0)
                {
                    return new AuditAcceptance(accepted, before);
                }

                await services.GetRequiredService<IWriteLane>().WriteAsync(
                    unit =>
                    {
                        Array.ForEach(accepted, unit.Record);
                        return Task.FromResult(true);
                    },
                    cancellationToken);
                return new AuditAcceptance(accepted, await verifier.VerifyAsync(cancellationToken: cancellationToken));
            },
            cancellationToken);
}
