using System.Security.Claims;
using AuthCore.Storage;

namespace AuthCore.Users.Sessions;

/// <summary>The columns that browser sessions can be sorted by.</summary>
public enum SessionSort
{
    /// <summary>When its person signed in.</summary>
    BegunAt,

    /// <summary>When it was last used; up to a minute late.</summary>
    LastSeenAt,

    /// <summary>The person's e-mail address.</summary>
    User,
}

/// <summary>Which sessions are wanted; <see cref="ListQuery{TSort}.Search"/> looks into person, addresses, user agent and identifier.</summary>
public sealed record SessionQuery : ListQuery<SessionSort>
{
    /// <summary>Only those that have ended, or only those that have not; null for both.</summary>
    public bool? Ended { get; init; }

    /// <summary>Only sessions of this person.</summary>
    public string? UserId { get; init; }
}

/// <summary>One sign-in in one browser.</summary>
/// <param name="SessionId">32 hexadecimal digits; not a secret.</param>
/// <param name="UserId">The subject.</param>
/// <param name="UserEmail">Who that is.</param>
/// <param name="BegunAt">When they signed in.</param>
/// <param name="BegunFrom">From which address.</param>
/// <param name="UserAgent">By which program, as it says: untrusted text.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="LastSeenFrom">From which address.</param>
/// <param name="EndsAt">When it ends by itself if nothing more happens.</param>
/// <param name="EndedAt">When it ended, if it did.</param>
/// <param name="EndedBy">Why it ended, if it did.</param>
/// <param name="IsCallers">Whether it is the very session of the caller.</param>
public sealed record SessionRow(
    string SessionId, string UserId, string UserEmail, DateTimeOffset BegunAt, string? BegunFrom, string? UserAgent,
    DateTimeOffset LastSeenAt, string? LastSeenFrom, DateTimeOffset EndsAt, DateTimeOffset? EndedAt, SessionEnd? EndedBy, bool IsCallers);

/// <summary>Browser sessions, as operators and their own people see and end them. When a call that ends one has returned, its cookie is refused everywhere.</summary>
public interface IBrowserSessionDirectory
{
    /// <summary>Lists sessions of everybody, newest first unless sorted.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<SessionRow>> ListAsync(ClaimsPrincipal caller, SessionQuery query, CancellationToken cancellationToken = default);

    /// <summary>The caller's own sessions that are alive, the one they ask from first, then the last used, at most 200.</summary>
    Task<IReadOnlyList<SessionRow>> ListOwnAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default);

    /// <summary>Ends a session of anybody.</summary>
    /// <returns>Whether it was alive.</returns>
    /// <exception cref="AccessDeniedException">The caller is not an operator.</exception>
    Task<bool> EndAsync(ClaimsPrincipal caller, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends one of the caller's own sessions.</summary>
    /// <returns>Whether there was such a one, and alive.</returns>
    Task<bool> EndOwnAsync(ClaimsPrincipal caller, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends all of the caller's sessions but the one they ask from.</summary>
    /// <returns>How many.</returns>
    Task<int> EndOthersAsync(ClaimsPrincipal caller, CancellationToken cancellationToken = default);
}
