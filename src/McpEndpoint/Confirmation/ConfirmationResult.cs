using System.Text.Json;

namespace McpEndpoint.Confirmation;

/// <summary>What a confirmation is answered with. Equal confirmations of one action have equal results.</summary>
internal abstract record ConfirmationResult
{
    private ConfirmationResult()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Done, T> done, Func<NotDone, T> notDone);

    /// <summary>The action was carried out, now or before.</summary>
    public sealed record Done(JsonElement Answer) : ConfirmationResult
    {
        public override T Match<T>(Func<Done, T> done, Func<NotDone, T> notDone) => done(this);
    }

    /// <summary>The action was not, or not verifiably, carried out; the sentence says why and what to do.</summary>
    public sealed record NotDone(string Reason) : ConfirmationResult
    {
        public override T Match<T>(Func<Done, T> done, Func<NotDone, T> notDone) => notDone(this);
    }
}
