using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;

namespace AuthCore.Audit;

/// <summary>One line of the trail.</summary>
/// <param name="Sequence">Its place, from 1 without gaps.</param>
/// <param name="At">When.</param>
/// <param name="Action">What happened, as <c>noun.verb</c>.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Fact">What happened, to be put into words; null for lines from before facts, and for kinds that this host does not know.</param>
/// <param name="Detail">The words of a line from before facts.</param>
/// <param name="Address">From which address.</param>
/// <param name="CorrelationId">The same as in the log and on the error page.</param>
public sealed record AuditRow(long Sequence, DateTimeOffset At, string Action, string Actor, string Subject, Fact? Fact, string? Detail, string? Address, string? CorrelationId);

/// <summary>The columns that the trail can be sorted by.</summary>
public enum AuditSort
{
    /// <summary>Its order.</summary>
    Sequence,
}

/// <summary>An append-only trail. Each host that writes has a chain in it, in which a line carries a keyed hash of itself and the line before.</summary>
public interface IAuditTrail
{
    /// <summary>Lists lines, the newest first; <see cref="ListQuery{TSort}.Search"/> looks into everything but the time.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<AuditRow>> ListAsync(ClaimsPrincipal caller, ListQuery<AuditSort> query, CancellationToken cancellationToken = default);

    /// <summary>What is known of the trail's own state. It is checked at start and once a day, in the background.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<AuditState> StateAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default);

    /// <summary>Checks every line now, or waits for the check that is under way: there is one at a time.</summary>
    /// <param name="caller">An operator.</param>
    /// <param name="cancellationToken">Gives up waiting; the check goes on.</param>
    /// <exception cref="AccessDeniedException">The caller is not an operator.</exception>
    Task<AuditState> VerifyAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default);
}
