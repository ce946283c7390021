using System.Text.Json;

namespace McpEndpoint.Confirmation;

/// <summary>An action that this very call brought to its end.</summary>
/// <param name="Action">Which.</param>
/// <param name="State">Done, failed or unknown.</param>
/// <param name="Text">What is stored as its outcome.</param>
internal sealed record Executed(PendingAction Action, PendingActionState State, string Text)
{
    public ConfirmationOutcome Outcome =>
        State == PendingActionState.Done ? new ConfirmationOutcome.Done(JsonElement.Parse(Text)) : new ConfirmationOutcome.NotDone(Text);
}
