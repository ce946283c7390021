using AuthCore.Storage.Facts;

namespace AuthCore.Hooks;

/// <summary>
/// Code of the host that follows facts, after their commit and beside the request: nothing that it does or throws can fail or delay one. Register it with
/// <see cref="HookServices.AddFactHook{TFact, THook}"/>. It hears the kept facts of its type, which may be a base type: a hook for <see cref="Fact"/> hears all.
/// Facts come in the order of their commits, one after the other; the hooks of one fact run in the order of their registration.
/// In this process and at most once: what a crash, a full queue (10,000 facts) or the end of the host cuts off is not told again. A program that must not miss a fact
/// follows the stored ones.
/// </summary>
/// <typeparam name="TFact">What it hears.</typeparam>
public interface IFactHook<in TFact>
    where TFact : Fact
{
    /// <summary>Follows one fact. What it throws is logged, and the next hook runs.</summary>
    /// <param name="fact">What happened.</param>
    /// <param name="context">When, and where it was asked for.</param>
    /// <param name="cancellationToken">After 30 seconds the hook is given up and the next one runs; sooner when the host ends, which leaves 5 seconds for all that waits.</param>
    Task HandleAsync(TFact fact, FactContext context, CancellationToken cancellationToken);
}

/// <summary>What is known about a fact besides itself.</summary>
/// <param name="At">The time of its unit of work.</param>
/// <param name="Origin">Where it was asked for.</param>
public sealed record FactContext(DateTimeOffset At, FactOrigin Origin);
