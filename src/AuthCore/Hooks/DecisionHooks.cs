using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.Extensions.Logging;

namespace AuthCore.Hooks;

internal sealed class DecisionHooks(
    IServiceProvider services, IEnumerable<RegisteredDecisionHook> hooks, VetoAllowance allowance, IWriteLane lane, TimeProvider time, ILogger<DecisionHooks> logger) : IDecisionHooks
{
    /// <summary>How long one hook may think.</summary>
    public static readonly TimeSpan LongestDecision = TimeSpan.FromSeconds(5);

    /// <summary>The reasons of a veto that no hook has spoken.</summary>
    public const string Failed = "hook_failed", TooSlow = "hook_too_slow";

    private const int LongestReason = 100;

    private readonly RegisteredDecisionHook[] _hooks = [.. hooks];

    public bool Hear<TDecision>()
        where TDecision : Decision => _hooks.Any(hook => hook.Hears(typeof(TDecision)));

    public async ValueTask<Verdict> DecideAsync(Decision decision, CancellationToken cancellationToken)
    {
        foreach (var hook in _hooks)
        {
            if (hook.Hears(decision.GetType()) && await AskAsync(hook, decision, cancellationToken) is Verdict.Refused refused)
            {
                await RecordAsync(decision, hook, UntrustedText.Clean(refused.Reason, LongestReason));
                return refused;
            }
        }

        return Verdict.Allow;
    }

    /// <summary>A hook that does not say yes in time has said no.</summary>
    private async Task<Verdict> AskAsync(RegisteredDecisionHook hook, Decision decision, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<Verdict>? asked = null;
        try
        {
            asked = hook.DecideAsync(services, decision, over.Token).AsTask();
            return await asked.WaitAsync(LongestDecision, time, cancellationToken) ?? throw new InvalidOperationException("The hook returned no verdict.");
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (TimeoutException) when (asked is { IsCompleted: false })
        {
            Log.DecisionHookTooSlow(logger, hook.Hook, LongestDecision, decision.Kind);
            await over.CancelAsync();
            return Verdict.Refuse(TooSlow);
        }
        catch (Exception exception)
        {
            Log.DecisionHookFailed(logger, exception, hook.Hook, decision.Kind);
            return Verdict.Refuse(Failed);
        }
    }

    private async Task RecordAsync(Decision decision, RegisteredDecisionHook hook, string reason)
    {
        Log.Vetoed(logger, hook.Hook, decision.Kind, decision.Subject, reason);
        if (allowance.TryTake(decision.Kind) is not { } unlisted)
        {
            return;
        }

        try
        {
            // The caller may have gone; what was refused stays true.
            await lane.RecordAsync(
                new DecisionVetoed(decision.Kind, decision.Subject, hook.Hook.FullName ?? hook.Hook.Name, reason, decision.Client, decision.User, unlisted), CancellationToken.None);
        }
        catch (StorageBusyException busy)
        {
            Log.VetoNotRecorded(logger, busy, decision.Kind);
        }
    }
}
