namespace AuthCore.Users.Passwords;

/// <summary>What an attempt to sign in came to.</summary>
public abstract record PasswordSignInOutcome
{
    private PasswordSignInOutcome()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Passed, T> passed, Func<Refused, T> refused, Func<Busy, T> busy);

    /// <summary>The password is right and the person may sign in: begin a session.</summary>
    /// <param name="User">Who.</param>
    public sealed record Passed(AuthUser User) : PasswordSignInOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Passed, T> passed, Func<Refused, T> refused, Func<Busy, T> busy) => passed(this);
    }

    /// <summary>An unknown address, a wrong password, a disabled or locked account, too many attempts: the person is told the same of all.</summary>
    public sealed record Refused : PasswordSignInOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Passed, T> passed, Func<Refused, T> refused, Func<Busy, T> busy) => refused(this);
    }

    /// <summary>Too many passwords are being checked; nothing was counted. Answer 503.</summary>
    /// <param name="RetryAfterSeconds">When to try again.</param>
    public sealed record Busy(int RetryAfterSeconds) : PasswordSignInOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Passed, T> passed, Func<Refused, T> refused, Func<Busy, T> busy) => busy(this);
    }
}

/// <summary>
/// Says whether a password is right. Wrong ones are limited by Identity's <c>Lockout</c> options for an account from one address, and by a higher limit for
/// an account from everywhere; a browser in which the person signed in before has an allowance of its own and is held out by neither.
/// </summary>
public interface IPasswordSignIn
{
    /// <param name="email">What was typed.</param>
    /// <param name="password">What was typed; at most 256 characters.</param>
    /// <param name="device">What the browser keeps from an earlier sign-in, if anything.</param>
    /// <param name="cancellationToken">Gives up while the attempt is not counted.</param>
    Task<PasswordSignInOutcome> TryAsync(string? email, string? password, KnownDevice? device, CancellationToken cancellationToken = default);
}
