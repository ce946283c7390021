using System.Text.Json;

namespace McpEndpoint.Confirmation;

/// <summary>What a confirmation came to. Equal confirmations of one action have equal outcomes.</summary>
internal abstract record ConfirmationOutcome
{
    private ConfirmationOutcome()
    {
    }

    /// <summary>It was carried out, now or before.</summary>
    public sealed record Done(JsonElement Answer) : ConfirmationOutcome;

    /// <summary>This confirmation does not, or not verifiably, lead to a deed; the sentence says why and what to do.</summary>
    public sealed record NotDone(string Reason) : ConfirmationOutcome;
}
