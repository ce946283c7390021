using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Users;

namespace AuthCore.Accounts;

/// <summary>The columns that the list of people can be sorted by.</summary>
public enum UserSort
{
    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>When the account was made.</summary>
    CreatedAt,
}

/// <summary>One person in the list.</summary>
/// <param name="UserId">The subject identifier (<c>sub</c>).</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Role">The highest console role, or null for an end user.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="DisabledAt">When it was disabled, if it is.</param>
/// <param name="LockedOutUntil">Until when failed sign-ins keep it locked, if they do.</param>
/// <param name="LiveFamilies">Connections that are alive.</param>
public sealed record UserRow(
    string UserId, string Email, string? Role, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, DateTimeOffset? LockedOutUntil, int LiveFamilies);

/// <summary>What became of a change to a person.</summary>
public abstract record UserChange
{
    private UserChange()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Done, T> done, Func<Refused, T> refused);

    /// <summary>Done.</summary>
    /// <param name="UserId">Who.</param>
    /// <param name="Following">How many connections are still being revoked in the background, of a disabled person who has very many: none of their tokens is accepted any more.</param>
    public sealed record Done(string UserId, int Following = 0) : UserChange
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Done, T> done, Func<Refused, T> refused) => done(this);
    }

    /// <summary>Nothing was changed.</summary>
    /// <param name="Problems">All that stands against it.</param>
    public sealed record Refused(IReadOnlyList<AccountProblem> Problems) : UserChange
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Done, T> done, Func<Refused, T> refused) => refused(this);
    }
}

/// <summary>People, as administrators see and change them. Reading needs <see cref="Roles.Viewer"/>, changing <see cref="Roles.Administrator"/>.</summary>
public interface IUserDirectory
{
    /// <summary>Lists people; <see cref="ListQuery{TSort}.Search"/> looks into the e-mail address.</summary>
    /// <exception cref="AccessDeniedException">The caller is not a viewer.</exception>
    Task<Page<UserRow>> ListAsync(ClaimsPrincipal caller, ListQuery<UserSort> query, CancellationToken cancellationToken = default);

    /// <summary>Adds a person.</summary>
    /// <param name="caller">An administrator.</param>
    /// <param name="email">What they will sign in with.</param>
    /// <param name="password">Their first password; Identity's rules apply.</param>
    /// <param name="role">A console role, or null for an end user.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    /// <exception cref="AccessDeniedException">The caller is not an administrator.</exception>
    Task<UserChange> AddAsync(ClaimsPrincipal caller, string email, string password, string? role, CancellationToken cancellationToken = default);

    /// <summary>Gives a person a console role, or takes it away. The last administrator keeps theirs.</summary>
    /// <exception cref="AccessDeniedException">The caller is not an administrator.</exception>
    Task<UserChange> SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default);

    /// <summary>Disables a person, from when on nothing of theirs is accepted and every connection is revoked, or enables them again, when all of them are. The last administrator stays enabled.</summary>
    /// <exception cref="AccessDeniedException">The caller is not an administrator.</exception>
    Task<UserChange> SetDisabledAsync(ClaimsPrincipal caller, string userId, bool disabled, CancellationToken cancellationToken = default);

    /// <summary>The e-mail address of a person, for a tool or page that speaks to them; null when there is none such.</summary>
    Task<string?> FindEmailAsync(string userId, CancellationToken cancellationToken = default);
}
