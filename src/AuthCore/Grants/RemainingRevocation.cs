using System.Threading.Channels;
using AuthCore.Clients;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCore.Grants;

/// <summary>Notices that somebody was disabled who has more families than one unit revokes.</summary>
internal sealed class RemainingSignal : IFactProjection
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Apply(RecordedFact recorded)
    {
        if (recorded.Fact is ClientDisabled { FamilyIds.Count: >= Batches.Size } or UserDisabled { FamilyIds.Count: >= Batches.Size })
        {
            _signals.Writer.TryWrite(true);
        }
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signals.Reader.ReadAsync(cancellationToken);
}

/// <summary>
/// Revokes in the background what is left of disabled clients and people, also what a host before this one has left.
/// </summary>
internal sealed class RemainingRevocation(RemainingFamilies remaining, RemainingSignal signal, TimeProvider time, ILogger<RemainingRevocation> logger) : BackgroundService
{
    private static readonly TimeSpan BeforeAnotherTry = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RevokeAllAsync(stoppingToken);
                failing = false;
                await signal.WaitAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    Log.RemainingNotRevoked(logger, exception);
                }

                failing = true;
                await Task.Delay(BeforeAnotherTry, time, stoppingToken);
            }
        }
    }

    private async Task RevokeAllAsync(CancellationToken cancellationToken)
    {
        int revoked;
        do
        {
            revoked = 0;
            foreach (var who in await remaining.FindAsync(cancellationToken))
            {
                revoked += await remaining.RevokeAsync(who, cancellationToken);
            }
        }
        while (revoked > 0);
    }
}
