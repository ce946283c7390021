using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Clients.Names;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Users;

namespace UnitTests.Console.Features;

/// <summary>Families that a test puts there; remembers the queries.</summary>
internal sealed class FamiliesInMemory : ITokenFamilyDirectory
{
    public List<FamilyRow> Rows { get; } = [];

    public List<FamilyQuery> Queries { get; } = [];

    public bool Denied { get; set; }

    public static FamilyRow Family(string id, string client = "Claude Code", FamilyState state = FamilyState.Live) => new(
        id, "user-1", "ana@example.org", "client-1", new ClientName(client), ClientOrigin.Dynamic, "localhost:53412", "http://localhost:5080/mcp",
        "account:read", 1, state, new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero), "203.0.113.7", null, null, null,
        new DateTimeOffset(2026, 12, 21, 11, 0, 0, TimeSpan.Zero), null, null, 0);

    public Task<Page<FamilyRow>> ListAsync(ClaimsPrincipal caller, FamilyQuery query, CancellationToken cancellationToken = default)
    {
        if (Denied)
        {
            throw new AccessDeniedException(Roles.Viewer);
        }

        Queries.Add(query);
        return Task.FromResult(new Page<FamilyRow>([.. Rows.Skip(query.Skip).Take(query.Take)], Rows.Count));
    }

    public Task<int> CountRevokedForReuseAsync(ClaimsPrincipal caller, DateTimeOffset since, CancellationToken cancellationToken = default) => Task.FromResult(0);

    public Task<IReadOnlyList<GenerationRow>> LineageAsync(ClaimsPrincipal caller, string familyId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<GenerationRow>>([new(1, Rows[0].CreatedAt, GenerationOutcome.Issued, "203.0.113.7", "agent/1\u202E.0")]);

    public Task<IReadOnlyList<FamilyRow>> ListOwnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<FamilyRow>>([]);
}

/// <summary>A service that remembers what it revoked.</summary>
internal sealed class RevocationsInMemory : IRevocationService
{
    public List<RevocationTarget> Revoked { get; } = [];

    public RevocationImpact Impact { get; set; } = new(1, 1, 1);

    public RevocationOutcome Outcome { get; set; } = new RevocationOutcome.Revoked(1);

    public bool Denied { get; set; }

    public Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default) => Task.FromResult(Impact);

    public Task<RevocationOutcome> RevokeAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default)
    {
        if (Denied)
        {
            throw new AccessDeniedException(Roles.Operator);
        }

        Revoked.Add(target);
        return Task.FromResult(Outcome);
    }

    public Task<RevocationOutcome> RevokeOwnAsync(AccessGrant grant, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
