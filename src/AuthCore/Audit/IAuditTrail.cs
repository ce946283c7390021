using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Users;

namespace AuthCore.Audit;

/// <summary>Something that somebody will want to look up later.</summary>
/// <param name="Action">What happened, as <c>noun.verb</c>: <c>family.revoked</c>, <c>login.failed</c>.</param>
/// <param name="Actor">Who did it: a user identifier, a client identifier or <c>system</c>.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Detail">The true reason, without secrets.</param>
public sealed record AuditEntry(string Action, string Actor, string Subject, string? Detail = null);

/// <summary>One line of the trail.</summary>
/// <param name="Sequence">Its place, from 1 without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Action">What happened.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Detail">The reason.</param>
/// <param name="Address">From which address.</param>
/// <param name="CorrelationId">The same as in the log and on the error page.</param>
public sealed record AuditRow(long Sequence, DateTimeOffset At, string Action, string Actor, string Subject, string? Detail, string? Address, string? CorrelationId);

/// <summary>The columns that the trail can be sorted by.</summary>
public enum AuditSort
{
    /// <summary>Its order.</summary>
    Sequence,
}

/// <summary>Appends a line within a unit of work: it is there if and only if what it tells of is.</summary>
public delegate Task AuditAppend(WriteUnit unit, AuditEntry entry);

/// <summary>An append-only trail in which each line carries the hash of the one before.</summary>
public interface IAuditTrail
{
    /// <summary>Appends a line; address and correlation id come from the current request.</summary>
    Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Takes address and correlation id of the current request, for a line that will be appended inside a unit of work.</summary>
    AuditAppend Begin();

    /// <summary>Lists lines, the newest first; <see cref="ListQuery{TSort}.Search"/> looks into action, actor, subject and detail.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<AuditRow>> ListAsync(ClaimsPrincipal caller, ListQuery<AuditSort> query, CancellationToken cancellationToken = default);
}
