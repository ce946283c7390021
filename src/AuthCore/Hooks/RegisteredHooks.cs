using AuthCore.Storage.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Hooks;

/// <summary>A registration. The hook itself is made later: it may need the write lane, which must exist before.</summary>
internal abstract class RegisteredFactHook(Type hook)
{
    public Type Hook => hook;

    public abstract bool Hears(Fact fact);

    public abstract Task HandleAsync(IServiceProvider services, Fact fact, FactContext context, CancellationToken cancellationToken);
}

internal sealed class RegisteredFactHook<TFact, THook>() : RegisteredFactHook(typeof(THook))
    where TFact : Fact
    where THook : class, IFactHook<TFact>
{
    public override bool Hears(Fact fact) => fact is TFact { IsKept: true };

    public override Task HandleAsync(IServiceProvider services, Fact fact, FactContext context, CancellationToken cancellationToken) =>
        services.GetRequiredService<THook>().HandleAsync((TFact)fact, context, cancellationToken);
}

/// <inheritdoc cref="RegisteredFactHook"/>
internal abstract class RegisteredDecisionHook(Type hook)
{
    public Type Hook => hook;

    public abstract bool Hears(Type decision);

    public abstract ValueTask<Verdict> DecideAsync(IServiceProvider services, Decision decision, CancellationToken cancellationToken);
}

internal sealed class RegisteredDecisionHook<TDecision, THook>() : RegisteredDecisionHook(typeof(THook))
    where TDecision : Decision
    where THook : class, IDecisionHook<TDecision>
{
    public override bool Hears(Type decision) => typeof(TDecision).IsAssignableFrom(decision);

    public override ValueTask<Verdict> DecideAsync(IServiceProvider services, Decision decision, CancellationToken cancellationToken) =>
        services.GetRequiredService<THook>().DecideAsync((TDecision)decision, cancellationToken);
}
