using System.Collections.Concurrent;
using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;
using AuthCore.Storage.Facts;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>Keeps facts in memory.</summary>
internal sealed class RecordedFacts : IFactStore
{
    public ConcurrentQueue<Fact> Kept { get; } = [];

    /// <summary>What keeping them throws.</summary>
    public Exception? Failure { get; set; }

    private readonly List<RecordedFact> _pending = [];

    public void Begin() => _pending.Clear();

    public Task StoreAsync(WriteUnit unit, IReadOnlyList<RecordedFact> facts)
    {
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        _pending.AddRange(facts);
        return Task.CompletedTask;
    }

    public void Committed()
    {
        foreach (var recorded in _pending)
        {
            Kept.Enqueue(recorded.Fact);
        }

        _pending.Clear();
    }
}

internal sealed class OwnRevocation(IssuedTokens tokens) : IRevocationService
{
    public Task<RevocationOutcome> RevokeOwnAsync(AccessGrant grant, CancellationToken cancellationToken = default)
    {
        tokens.EndFamily(grant.FamilyId);
        return Task.FromResult<RevocationOutcome>(new RevocationOutcome.Revoked(1));
    }

    public Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<RevocationOutcome> RevokeAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}

internal sealed class KnownEmails : IUserDirectory
{
    public Task<string?> FindEmailAsync(string userId, CancellationToken cancellationToken = default) => Task.FromResult<string?>($"{userId}@example.com");

    public Task<Page<UserRow>> ListAsync(ClaimsPrincipal caller, ListQuery<UserSort> query, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<UserChange> AddAsync(ClaimsPrincipal caller, string email, string password, string? role, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<UserChange> SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<UserChange> SetDisabledAsync(ClaimsPrincipal caller, string userId, bool disabled, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
