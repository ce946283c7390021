using AuthCore.Storage.Facts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AuthCore.Hooks;

/// <summary>How a host adds its hooks. One instance of a hook serves all calls, several at once; one that cannot be made keeps the host from starting.</summary>
public static class HookServices
{
    /// <summary>Adds a hook that follows facts. The same class may be added for several types of fact.</summary>
    /// <typeparam name="TFact">What it hears; a base type hears all that derive from it.</typeparam>
    /// <typeparam name="THook">The hook.</typeparam>
    /// <example><code>services.AddFactHook&lt;FamilyRevoked, TellTheChat&gt;();</code></example>
    public static IServiceCollection AddFactHook<TFact, THook>(this IServiceCollection services)
        where TFact : Fact
        where THook : class, IFactHook<TFact>
    {
        services.TryAddSingleton<THook>();
        return services.AddSingleton<RegisteredFactHook>(new RegisteredFactHook<TFact, THook>());
    }

    /// <summary>Adds a hook that may refuse. The same class may be added for several kinds of decision.</summary>
    /// <typeparam name="TDecision">What it is asked about; a base type is asked about all that derive from it.</typeparam>
    /// <typeparam name="THook">The hook.</typeparam>
    /// <example><code>services.AddDecisionHook&lt;GrantingConsent, OfficeHours&gt;();</code></example>
    public static IServiceCollection AddDecisionHook<TDecision, THook>(this IServiceCollection services)
        where TDecision : Decision
        where THook : class, IDecisionHook<TDecision>
    {
        services.TryAddSingleton<THook>();
        return services.AddSingleton<RegisteredDecisionHook>(new RegisteredDecisionHook<TDecision, THook>());
    }

    /// <summary>What asks and tells them.</summary>
    internal static IServiceCollection AddHooks(this IServiceCollection services) => services
        .AddSingleton<FactQueue>().AddSingleton<FactHooks>().AddHostedService(provider => provider.GetRequiredService<FactHooks>())
        .AddSingleton<VetoAllowance>().AddSingleton<IDecisionHooks, DecisionHooks>();
}
