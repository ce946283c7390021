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

    /// <summary>The first administrator exists.</summary>
    /// <param name="User">Who.</param>
    public sealed record Created(AuthUser User) : FirstRunOutcome;

    /// <summary>The code is wrong or used up.</summary>
    public sealed record WrongCode : FirstRunOutcome;

    /// <summary>Too many wrong codes came from this address. Whether this one is right was not looked at.</summary>
    /// <param name="Wait">How long it has to wait.</param>
    public sealed record TooManyWrongCodes(TimeSpan Wait) : FirstRunOutcome;

    /// <summary>There is an administrator already.</summary>
    public sealed record AlreadyDone : FirstRunOutcome;

    /// <summary>Too many passwords are being hashed; nothing was made. Answer 503.</summary>
    /// <param name="RetryAfterSeconds">When to try again.</param>
    public sealed record Busy(int RetryAfterSeconds) : FirstRunOutcome;

    /// <summary>The address or password was not taken.</summary>
    /// <param name="Reasons">Whole sentences for the person who typed them.</param>
    public sealed record Refused(IReadOnlyList<string> Reasons) : FirstRunOutcome;
}
