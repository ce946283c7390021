using System.Diagnostics.CodeAnalysis;
using AuthCore.Storage.Facts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AuthCore.Hooks;

/// <summary>Runs the hooks of one fact after the other.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It holds no timer and no handle; a host that is stopped from two sides would find it disposed.")]
internal sealed class FactHooks(
    IServiceProvider services, IEnumerable<RegisteredFactHook> hooks, IEnumerable<RegisteredDecisionHook> decisionHooks, FactQueue queue, TimeProvider time,
    ILogger<FactHooks> logger) : IHostedService
{
    /// <summary>How long one hook may take with one fact.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of the host waits for what is queued.</summary>
    public static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(5);

    private readonly RegisteredFactHook[] _hooks = [.. hooks];
    private readonly CancellationTokenSource _ending = new();
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A hook that cannot be made is a broken set-up: said now, and not by the first request.
        foreach (var hook in _hooks.Select(hook => hook.Hook).Concat(decisionHooks.Select(hook => hook.Hook)))
        {
            services.GetRequiredService(hook);
        }

        _loop = _hooks.Length > 0 ? RunAsync() : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        try
        {
            await _loop.WaitAsync(PatienceAtTheEnd, time, cancellationToken);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            Log.FactsLeft(logger, queue.Reader.Count);
        }

        await _ending.CancelAsync();
    }

    private async Task RunAsync()
    {
        // The start of the host does not wait for the first hook.
        await Task.Yield();
        var ending = _ending.Token;
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (!ending.IsCancellationRequested && queue.Reader.TryRead(out var recorded))
            {
                await TellAsync(recorded, ending);
            }

            if (ending.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TellAsync(RecordedFact recorded, CancellationToken ending)
    {
        var context = new FactContext(recorded.At, recorded.Origin);
        foreach (var hook in _hooks.Where(hook => hook.Hears(recorded.Fact)))
        {
            try
            {
                using var limit = new CancellationTokenSource(LongestRun, time);
                using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ending);
                await hook.HandleAsync(services, recorded.Fact, context, over.Token).WaitAsync(over.Token);
            }
            catch (Exception exception)
            {
                Log.FactHookFailed(logger, exception, hook.Hook, recorded.Fact.Name);
            }
        }
    }
}
