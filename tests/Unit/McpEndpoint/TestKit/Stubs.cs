using System.Collections.Concurrent;
using System.Security.Claims;
using AuthCore.Accounts;
using AuthCore.Audit;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using AuthCore.Storage;

namespace UnitTests.McpEndpoint.TestKit;

internal sealed class RecordedAudit : IAuditTrail
{
    public ConcurrentQueue<AuditEntry> Entries { get; } = [];

    /// <summary>What appending throws.</summary>
    public Exception? Failure { get; set; }

    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        if (Failure is not null)
        {
            return Task.FromException(Failure);
        }

        Entries.Enqueue(entry);
        return Task.CompletedTask;
    }

    public AuditAppend Begin() => (_, entry) => RecordAsync(entry);

    public Task<Page<AuditRow>> ListAsync(ClaimsPrincipal caller, ListQuery<AuditSort> query, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}

internal sealed class OwnRevocation(IssuedTokens tokens) : IRevocationService
{
    public Task<RevocationOutcome> EndOwnAsync(AccessGrant grant, CancellationToken cancellationToken = default)
    {
        tokens.EndFamily(grant.FamilyId);
        return Task.FromResult<RevocationOutcome>(new RevocationOutcome.Ended(1));
    }

    public Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<RevocationOutcome> EndAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default) =>
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
