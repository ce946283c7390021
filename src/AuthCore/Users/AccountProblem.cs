using Microsoft.AspNetCore.Identity;

namespace AuthCore.Users;

/// <summary>What can stand against making or changing an account.</summary>
public enum AccountProblemCode
{
    /// <summary>There is no such user.</summary>
    NoSuchUser,

    /// <summary>There is no such role.</summary>
    NoSuchRole,

    /// <summary>Nobody would be administrator any more.</summary>
    LastAdministrator,

    /// <summary>The account is disabled.</summary>
    UserDisabled,

    /// <summary>Too many passwords are being hashed: try again in a few seconds.</summary>
    Busy,

    /// <summary>Somebody has the e-mail address.</summary>
    EmailTaken,

    /// <summary>It is no e-mail address.</summary>
    EmailInvalid,

    /// <summary>The password has fewer characters than it needs.</summary>
    PasswordTooShort,

    /// <summary>The password has fewer different characters than it needs.</summary>
    PasswordTooUniform,

    /// <summary>The password needs a digit.</summary>
    PasswordNeedsDigit,

    /// <summary>The password needs a lowercase letter.</summary>
    PasswordNeedsLowercase,

    /// <summary>The password needs an uppercase letter.</summary>
    PasswordNeedsUppercase,

    /// <summary>The password needs a character that is neither letter nor digit.</summary>
    PasswordNeedsSymbol,

    /// <summary>A validator that the host added to Identity refused it: see <see cref="AccountProblem.Rule"/>.</summary>
    OtherRule,
}

/// <summary>Why an account was not made or changed. What a person reads of it is for the host to say.</summary>
/// <param name="Code">What it is.</param>
/// <param name="AtLeast">How many characters, or different ones, a password needs; null with other codes.</param>
/// <param name="Rule">Identity's code with <see cref="AccountProblemCode.OtherRule"/>; null with other codes.</param>
public sealed record AccountProblem(AccountProblemCode Code, int? AtLeast = null, string? Rule = null)
{
    /// <summary>For those who set the host up: the code and what belongs to it.</summary>
    public override string ToString() => AtLeast is { } least ? $"{Code} (at least {least})" : Rule is null ? $"{Code}" : $"{Code} ({Rule})";

    /// <summary>What Identity's validators say, by their codes.</summary>
    internal static AccountProblem Of(IdentityError error, PasswordOptions rules) => error.Code switch
    {
        nameof(IdentityErrorDescriber.InvalidEmail) or nameof(IdentityErrorDescriber.InvalidUserName) => new(AccountProblemCode.EmailInvalid),
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.DuplicateUserName) => new(AccountProblemCode.EmailTaken),
        nameof(IdentityErrorDescriber.PasswordTooShort) => new(AccountProblemCode.PasswordTooShort, rules.RequiredLength),
        nameof(IdentityErrorDescriber.PasswordRequiresUniqueChars) => new(AccountProblemCode.PasswordTooUniform, rules.RequiredUniqueChars),
        nameof(IdentityErrorDescriber.PasswordRequiresDigit) => new(AccountProblemCode.PasswordNeedsDigit),
        nameof(IdentityErrorDescriber.PasswordRequiresLower) => new(AccountProblemCode.PasswordNeedsLowercase),
        nameof(IdentityErrorDescriber.PasswordRequiresUpper) => new(AccountProblemCode.PasswordNeedsUppercase),
        nameof(IdentityErrorDescriber.PasswordRequiresNonAlphanumeric) => new(AccountProblemCode.PasswordNeedsSymbol),
        _ => new(AccountProblemCode.OtherRule, Rule: error.Code),
    };
}
