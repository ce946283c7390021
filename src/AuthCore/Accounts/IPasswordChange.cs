using AuthCore.Users;
using AuthCore.Users.Passwords;

namespace AuthCore.Accounts;

/// <summary>What an attempt to change a password came to.</summary>
public abstract record PasswordChangeOutcome
{
    private PasswordChangeOutcome()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Changed, T> changed, Func<WrongPassword, T> wrongPassword, Func<Refused, T> refused, Func<SignInFirst, T> signInFirst, Func<Busy, T> busy);

    /// <summary>Done: every session of the person has ended and every connection is revoked. Begin a new session.</summary>
    /// <param name="User">Who, as they are now.</param>
    public sealed record Changed(AuthUser User) : PasswordChangeOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Changed, T> changed, Func<WrongPassword, T> wrongPassword, Func<Refused, T> refused, Func<SignInFirst, T> signInFirst, Func<Busy, T> busy) => changed(this);
    }

    /// <summary>The current password is not right, or there were too many wrong ones.</summary>
    public sealed record WrongPassword : PasswordChangeOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Changed, T> changed, Func<WrongPassword, T> wrongPassword, Func<Refused, T> refused, Func<SignInFirst, T> signInFirst, Func<Busy, T> busy) => wrongPassword(this);
    }

    /// <summary>The new password does not meet the rules.</summary>
    /// <param name="Problems">All that is wrong with it.</param>
    public sealed record Refused(IReadOnlyList<AccountProblem> Problems) : PasswordChangeOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Changed, T> changed, Func<WrongPassword, T> wrongPassword, Func<Refused, T> refused, Func<SignInFirst, T> signInFirst, Func<Busy, T> busy) => refused(this);
    }

    /// <summary>The password was changed, or the person disabled, while this was under way: nothing was changed here. They sign in again.</summary>
    public sealed record SignInFirst : PasswordChangeOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Changed, T> changed, Func<WrongPassword, T> wrongPassword, Func<Refused, T> refused, Func<SignInFirst, T> signInFirst, Func<Busy, T> busy) => signInFirst(this);
    }

    /// <summary>Too many passwords are being checked; nothing was changed. Answer 503.</summary>
    /// <param name="RetryAfterSeconds">When to try again.</param>
    public sealed record Busy(int RetryAfterSeconds) : PasswordChangeOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Changed, T> changed, Func<WrongPassword, T> wrongPassword, Func<Refused, T> refused, Func<SignInFirst, T> signInFirst, Func<Busy, T> busy) => busy(this);
    }
}

/// <summary>
/// Changes a password. A person may do so because another one knows the old password (RFC 9700 §4.14.2): in the same commit every connection of the person
/// is revoked, every code that was not redeemed is invalidated, and every session and known device but the one that is begun next is theirs no more.
/// </summary>
public interface IPasswordChange
{
    /// <param name="userId">Whose.</param>
    /// <param name="current">The current password; wrong ones count as they do at sign-in.</param>
    /// <param name="password">The new one; Identity's rules apply. At most 256 characters each.</param>
    /// <param name="device">What the browser keeps from an earlier sign-in, if anything.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    Task<PasswordChangeOutcome> ChangeAsync(string userId, string current, string password, KnownDevice? device, CancellationToken cancellationToken = default);
}
