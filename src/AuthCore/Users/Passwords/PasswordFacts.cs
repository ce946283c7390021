using AuthCore.Storage.Facts;

namespace AuthCore.Users.Passwords;

/// <summary>Why a password was not accepted.</summary>
public enum SignInRefusal
{
    /// <summary>The address has used up its attempts for the account.</summary>
    TooManyWrongPasswords,

    /// <summary>There is no such account.</summary>
    NoSuchAccount,

    /// <summary>The account is locked for a while.</summary>
    Locked,

    /// <summary>The account is disabled.</summary>
    Disabled,

    /// <summary>The password is wrong.</summary>
    WrongPassword,

    /// <summary>The password is wrong, and the account is locked from now on.</summary>
    WrongPasswordAndLocked,

    /// <summary>The account changed while the password was checked.</summary>
    ChangedMeanwhile,
}

/// <summary>A person signed in with their password.</summary>
/// <param name="UserId">Which person.</param>
[FactName("login.succeeded")]
public sealed record SignInSucceeded(string UserId) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => UserId;
}

/// <summary>A sign-in was refused.</summary>
/// <param name="UserId">Whose account it was about; null when there is none.</param>
/// <param name="Reason">The true reason; the person is told less.</param>
[FactName("login.failed")]
public sealed record SignInFailed(string? UserId, SignInRefusal Reason) : Fact
{
    /// <inheritdoc/>
    public override string Actor => FactActors.Anonymous;

    /// <inheritdoc/>
    public override string Subject => UserId ?? "unknown";
}

/// <summary>A change of password was refused.</summary>
/// <param name="UserId">Which person.</param>
/// <param name="Reason">The true reason.</param>
[FactName("password.refused")]
public sealed record PasswordRefused(string UserId, SignInRefusal Reason) : Fact
{
    /// <inheritdoc/>
    public override string Actor => UserId;

    /// <inheritdoc/>
    public override string Subject => UserId;
}
