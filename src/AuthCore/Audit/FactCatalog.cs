using System.Reflection;
using AuthCore.Hosting;
using AuthCore.Storage.Facts;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Audit;

/// <summary>An assembly whose facts can be read back by their names.</summary>
internal sealed record FactAssembly(Assembly Assembly);

/// <summary>The kinds of facts that this host knows, by name.</summary>
internal sealed class FactCatalog
{
    private readonly Dictionary<string, Type> _kinds;

    /// <exception cref="BrokenSetupException">Two kinds have one name.</exception>
    public FactCatalog(IEnumerable<FactAssembly> assemblies)
    {
        var kinds = assemblies.Select(known => known.Assembly).Distinct().SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract).GroupBy(FactNameAttribute.Of).ToArray();
        if (kinds.FirstOrDefault(kind => kind.Count() > 1) is { } twice)
        {
            throw new BrokenSetupException($"The fact name '{twice.Key}' is that of {string.Join(" and ", twice)}. Names are never used twice.");
        }

        _kinds = kinds.ToDictionary(kind => kind.Key, kind => kind.Single(), StringComparer.Ordinal);
    }

    /// <summary>A stored fact as it was recorded; null for lines from before facts and for kinds that this host does not know.</summary>
    public Fact? Read(StoredFact stored) => stored.Data is { } data && _kinds.TryGetValue(stored.Name, out var kind) ? FactJson.Read(data, kind) : null;
}

/// <summary>Facts of other parts of the host.</summary>
public static class FactServices
{
    /// <summary>Lets the facts that an assembly declares be read back from the audit trail.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="assembly">Where they are declared.</param>
    public static IServiceCollection AddFactsOf(this IServiceCollection services, Assembly assembly) => services.AddSingleton(new FactAssembly(assembly));
}
