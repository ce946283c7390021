using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace AuthCore.RateLimits;

/// <summary>An operator let a caller whom a rate limit refuses try again now.</summary>
/// <param name="Policy">The limit.</param>
/// <param name="Partition">Whom it refused.</param>
/// <param name="Actor">The operator.</param>
[FactName("rate_limit.lifted")]
public sealed record RateLimitLifted(string Policy, string Partition, string Actor) : Fact
{
    /// <inheritdoc/>
    public override string Actor { get; } = Actor;

    /// <inheritdoc/>
    public override string Subject => $"{Policy} {Partition}";

    /// <inheritdoc/>
    public override ChangeTopics Topics => ChangeTopics.Activity;
}
