namespace AuthCore.Hooks;

/// <summary>
/// Code of the host that may refuse something before it is done. Register it with <see cref="HookServices.AddDecisionHook{TDecision, THook}"/>. Hooks are asked in the order
/// of their registration, and the first refusal counts. A hook that throws, or takes longer than 5 seconds, refuses. The request waits for it: be quick, and await what takes
/// time, because a thread that blocks cannot be given up. A decision may be asked twice, and one that all hooks allow may still fail for another reason.
/// </summary>
/// <typeparam name="TDecision">What it is asked about; <see cref="Decision"/> is everything.</typeparam>
public interface IDecisionHook<in TDecision>
    where TDecision : Decision
{
    /// <summary>Allows or refuses.</summary>
    /// <param name="decision">What is about to be done.</param>
    /// <param name="cancellationToken">Time is over, or the caller has gone.</param>
    ValueTask<Verdict> DecideAsync(TDecision decision, CancellationToken cancellationToken);
}

/// <summary>All hooks of this host that may refuse.</summary>
public interface IDecisionHooks
{
    /// <summary>Whether a hook would be asked: what only hooks need is not worked out without one.</summary>
    /// <typeparam name="TDecision">The kind of decision.</typeparam>
    internal bool Hear<TDecision>()
        where TDecision : Decision;

    /// <summary>Asks them. Call it before the write lane is entered, never inside. A refusal is in the log and, as <see cref="DecisionVetoed"/>, in the audit trail.</summary>
    /// <param name="decision">What is about to be done.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    /// <exception cref="OperationCanceledException">They have; nothing was decided.</exception>
    ValueTask<Verdict> DecideAsync(Decision decision, CancellationToken cancellationToken);
}
