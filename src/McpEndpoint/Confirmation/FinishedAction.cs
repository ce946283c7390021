using System.Text.Json;
using AuthCore.Protocol;

namespace McpEndpoint.Confirmation;

/// <summary>An action that this very call brought to its end: done, failed or unknown.</summary>
internal sealed record FinishedAction
{
    private FinishedAction(PendingAction action, PendingActionState state, string outcome) => (Action, State, Outcome) = (action, state, outcome);

    public PendingAction Action { get; }

    public PendingActionState State { get; }

    /// <summary>What is stored with it: the answer as JSON when done, else a sentence.</summary>
    public string Outcome { get; }

    /// <summary>What the caller is answered with.</summary>
    public ConfirmationResult Result =>
        State == PendingActionState.Done ? new ConfirmationResult.Done(JsonElement.Parse(Outcome)) : new ConfirmationResult.NotDone(Outcome);

    /// <summary>What facts call it.</summary>
    public ActionFinished Fact
    {
        get
        {
            var reference = TokenHash.FromStorage(Action.TokenHash).ToString();
            return State switch
            {
                PendingActionState.Done => new ActionExecuted(Action.Tool, Action.UserId, Action.ClientId, Action.Summary, Action.ArgumentsDigest, reference),
                PendingActionState.Failed => new ActionFailed(Action.Tool, Action.UserId, Action.ClientId, Action.Summary, Action.ArgumentsDigest, reference),
                PendingActionState.Unknown or PendingActionState.Prepared or PendingActionState.Executing =>
                    new ActionOutcomeUnknown(Action.Tool, Action.UserId, Action.ClientId, Action.Summary, Action.ArgumentsDigest, reference),
            };
        }
    }

    /// <summary>What the tool itself says of it.</summary>
    public static FinishedAction Of(PendingAction action, ExecutionResult result) => result.Match(
        done => new FinishedAction(action, PendingActionState.Done, ConfirmationTexts.Done(action.Tool, done.Result)),
        refused => Failed(action, ConfirmationTexts.Failed(refused.Reason)));

    public static FinishedAction Failed(PendingAction action, string outcome) => new(action, PendingActionState.Failed, outcome);

    public static FinishedAction Unknown(PendingAction action) => new(action, PendingActionState.Unknown, ConfirmationTexts.Unknown);
}
