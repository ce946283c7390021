namespace Bench.Load;

/// <summary>A kind of request that can be measured.</summary>
/// <param name="Name">For the command line.</param>
/// <param name="Requests">In a block: about a second's worth, or fewer where each needs a person's consent first.</param>
/// <param name="WarmUp">Requests before anything is counted: from there on the figure is flat.</param>
/// <param name="At">Makes one for a host.</param>
internal sealed record OperationKind(string Name, int Requests, int WarmUp, Func<LoadTarget, Operation> At);

/// <summary>All kinds, in the order in which they are measured.</summary>
internal static class Operations
{
    public static IReadOnlyList<OperationKind> All { get; } =
    [
        new("refresh", 1_024, 10_240, target => new RefreshOperation(target)),
        new("call", 10_000, 60_000, target => new CallOperation(target)),
        new("register", 500, 3_000, target => new RegisterOperation(target)),
        new("introspect-access", 2_000, 12_000, target => new IntrospectAccessOperation(target)),
        new("introspect-refresh", 1_000, 6_000, target => new IntrospectRefreshOperation(target)),
        new("revoke-unknown", 2_000, 12_000, target => new RevokeUnknownOperation(target)),
        new("revoke", 150, 600, target => new RevokeOperation(target)),
        new("exchange", 150, 600, target => new ExchangeOperation(target)),
        new("metadata", 10_000, 40_000, target => new GetOperation(target, "/.well-known/oauth-authorization-server")),
        new("jwks", 10_000, 40_000, target => new GetOperation(target, "/.well-known/jwks.json")),
        new("resource", 10_000, 40_000, target => new GetOperation(target, "/.well-known/oauth-protected-resource/mcp")),
    ];

    /// <summary>Those of a list of names, separated by commas.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static IEnumerable<OperationKind> Named(string names) => names is ""
        ? All
        : names.Split(',').Select(name => All.FirstOrDefault(kind => kind.Name == name)
            ?? throw new ArgumentException($"There is no operation '{name}', only: {string.Join(',', All.Select(kind => kind.Name))}"));
}
