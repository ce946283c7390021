using AuthCore.Users;

namespace AuthCore.Accounts;

/// <summary>
/// The first administrator. While there is none, a one-time code is printed at start, and the person who enters it may set the host up.
/// </summary>
public interface IFirstRun
{
    /// <summary>Whether there is no administrator whose account is enabled.</summary>
    Task<bool> IsNeededAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes the first administrator in one commit.</summary>
    /// <param name="code">The code printed at start. Ten wrong ones make the current request's address wait for ten minutes.</param>
    /// <param name="email">What they will sign in with. A person who has an account under it gets the role and the password.</param>
    /// <param name="password">Identity's rules apply.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    Task<FirstRunOutcome> CompleteAsync(string code, string email, string password, CancellationToken cancellationToken = default);
}

/// <summary>What became of an attempt to set the host up.</summary>
public abstract record FirstRunOutcome
{
    private FirstRunOutcome()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused);

    /// <summary>The first administrator exists.</summary>
    /// <param name="User">Who.</param>
    public sealed record Created(AuthUser User) : FirstRunOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused) => created(this);
    }

    /// <summary>The code is wrong or used up.</summary>
    public sealed record WrongCode : FirstRunOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused) => wrongCode(this);
    }

    /// <summary>Too many wrong codes came from this address. Whether this one is right was not looked at.</summary>
    /// <param name="Wait">How long it has to wait.</param>
    public sealed record TooManyWrongCodes(TimeSpan Wait) : FirstRunOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused) => tooManyWrongCodes(this);
    }

    /// <summary>There is an administrator already.</summary>
    public sealed record AlreadyDone : FirstRunOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused) => alreadyDone(this);
    }

    /// <summary>Too many passwords are being hashed; nothing was made. Answer 503.</summary>
    /// <param name="RetryAfterSeconds">When to try again.</param>
    public sealed record Busy(int RetryAfterSeconds) : FirstRunOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused) => busy(this);
    }

    /// <summary>The address or password was not taken.</summary>
    /// <param name="Problems">All that is wrong with them.</param>
    public sealed record Refused(IReadOnlyList<AccountProblem> Problems) : FirstRunOutcome
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Created, T> created, Func<WrongCode, T> wrongCode, Func<TooManyWrongCodes, T> tooManyWrongCodes, Func<AlreadyDone, T> alreadyDone, Func<Busy, T> busy, Func<Refused, T> refused) => refused(this);
    }
}
