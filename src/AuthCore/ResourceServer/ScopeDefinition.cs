using AuthCore.Hosting;

namespace AuthCore.ResourceServer;

/// <summary>How much harm a scope can do; the consent page groups by it.</summary>
public enum ScopeRisk
{
    /// <summary>Reads.</summary>
    Read,

    /// <summary>Changes things that can be changed back.</summary>
    Change,

    /// <summary>Does what cannot be undone.</summary>
    Destructive,

    /// <summary>Administers this server.</summary>
    Admin,
}

/// <summary>A scope that this server knows. An unknown one is refused with <c>invalid_scope</c>.</summary>
/// <param name="Name">The scope token.</param>
/// <param name="Title">What it allows, in the words of the person asked, e.g. "See your account and its free slots".</param>
/// <param name="Description">One more sentence.</param>
/// <param name="Risk">How much harm it can do.</param>
/// <param name="Required">Whether a person may not leave it out.</param>
/// <param name="Advertised">Whether metadata lists it: false for scopes that only a challenge asks for.</param>
public sealed record ScopeDefinition(string Name, string Title, string Description, ScopeRisk Risk, bool Required = false, bool Advertised = true);

/// <summary>Every scope of this host, gathered from <c>services.AddSingleton(new ScopeDefinition(...))</c> and the built-in <c>offline_access</c>.</summary>
public sealed class ScopeCatalog
{
    /// <summary>The scope that keeps a client connected by refresh tokens. Listed in authorization server metadata only.</summary>
    public const string OfflineAccess = "offline_access";

    private readonly Dictionary<string, ScopeDefinition> _byName;

    /// <summary>Gathers the scopes.</summary>
    /// <exception cref="BrokenSetupException">A scope is defined twice.</exception>
    public ScopeCatalog(IEnumerable<ScopeDefinition> definitions)
    {
        ScopeDefinition[] all =
        [
            .. definitions,
            new(OfflineAccess, "Stay connected", "Keep this connection without asking you to sign in each time.", ScopeRisk.Read),
        ];
        var twice = all.GroupBy(scope => scope.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
        if (twice.Length > 0)
        {
            throw new BrokenSetupException($"Scopes defined twice: {string.Join(", ", twice)}.");
        }

        _byName = all.ToDictionary(scope => scope.Name, StringComparer.Ordinal);
        All = [.. all.OrderBy(scope => scope.Name, StringComparer.Ordinal)];
    }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<ScopeDefinition> All { get; }

    /// <summary>The scope of that name, or null.</summary>
    public ScopeDefinition? Find(string name) => _byName.GetValueOrDefault(name);
}
