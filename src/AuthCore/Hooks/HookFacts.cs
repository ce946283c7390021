using AuthCore.Storage.Facts;

namespace AuthCore.Hooks;

/// <summary>A hook refused what was about to be done. Nothing was written or spent.</summary>
/// <param name="Decision">Which kind of decision.</param>
/// <param name="About">What it was about: a client identifier, a tool.</param>
/// <param name="Hook">The type of the hook.</param>
/// <param name="Reason">Its reason; <c>hook_failed</c> or <c>hook_too_slow</c> when it gave none.</param>
/// <param name="ClientId">The client that asked; null when it is not known.</param>
/// <param name="UserId">The person in whose name; null when there is none or they are not known.</param>
/// <param name="Unlisted">How many vetoes of this kind before this one are in the log alone, because there were too many in their minute.</param>
[FactName("decision.vetoed")]
public sealed record DecisionVetoed(string Decision, string About, string Hook, string Reason, string? ClientId, string? UserId, int Unlisted) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId ?? ClientId ?? FactActors.Anonymous;

    /// <inheritdoc/>
    public override string Subject => About;
}
