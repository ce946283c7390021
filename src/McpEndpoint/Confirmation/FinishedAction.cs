using System.Text.Json;

namespace McpEndpoint.Confirmation;

/// <summary>An action that this very call brought to its end: done, failed or unknown.</summary>
internal sealed record FinishedAction
{
    private FinishedAction(PendingAction action, PendingActionState state, string verb, string outcome) =>
        (Action, State, Verb, Outcome) = (action, state, verb, outcome);

    public PendingAction Action { get; }

    public PendingActionState State { get; }

    /// <summary>The audit trail's word for its end.</summary>
    public string Verb { get; }

    /// <summary>What is stored with it: the answer as JSON when done, else a sentence.</summary>
    public string Outcome { get; }

    /// <summary>What the caller is answered with.</summary>
    public ConfirmationResult Result =>
        State == PendingActionState.Done ? new ConfirmationResult.Done(JsonElement.Parse(Outcome)) : new ConfirmationResult.NotDone(Outcome);

    /// <summary>What the tool itself says of it.</summary>
    public static FinishedAction Of(PendingAction action, ExecutionResult result) => result.Match(
        done => new FinishedAction(action, PendingActionState.Done, "executed", ConfirmationTexts.Done(action.Tool, done.Result)),
        refused => Failed(action, ConfirmationTexts.Failed(refused.Reason)));

    public static FinishedAction Failed(PendingAction action, string outcome) => new(action, PendingActionState.Failed, "failed", outcome);

    public static FinishedAction Unknown(PendingAction action) => new(action, PendingActionState.Unknown, "unknown", ConfirmationTexts.Unknown);
}
