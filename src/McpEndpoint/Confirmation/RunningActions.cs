using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AuthCore.Protocol;
using AuthCore.Storage.Facts;

namespace McpEndpoint.Confirmation;

/// <summary>The actions that this process carries out now, so that others who confirm the same one get the same answer. One is here before anybody hears that it was redeemed.</summary>
internal sealed class RunningActions : IFactProjection
{
    private readonly ConcurrentDictionary<TokenHash, TaskCompletionSource<ConfirmationResult>> _running = new();

    public void Apply(RecordedFact recorded)
    {
        if (recorded.Fact is ActionStarted started)
        {
            _running.TryAdd(TokenHash.FromStorage(started.Hash), new TaskCompletionSource<ConfirmationResult>(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    public bool IsRunning(TokenHash action) => _running.ContainsKey(action);

    /// <param name="action">The action.</param>
    /// <param name="result">What will come of it.</param>
    /// <returns>False when it does not run here.</returns>
    public bool TryFind(TokenHash action, [NotNullWhen(true)] out Task<ConfirmationResult>? result)
    {
        result = _running.TryGetValue(action, out var running) ? running.Task : null;
        return result is not null;
    }

    /// <summary>It is over: who waits is told.</summary>
    public void End(TokenHash action, ConfirmationResult result)
    {
        if (_running.TryRemove(action, out var waiting))
        {
            waiting.SetResult(result);
        }
    }
}
