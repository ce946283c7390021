using AuthCore.Users;

namespace AdminConsole.Shared;

/// <summary>Why an account was not made or changed, as whole sentences.</summary>
internal static class AccountWords
{
    public static IReadOnlyList<string> Of(IEnumerable<AccountProblem> problems) => [.. problems.Select(Of)];

    public static string Of(AccountProblem problem) => problem.Code switch
    {
        AccountProblemCode.NoSuchUser => "There is no such person.",
        AccountProblemCode.NoSuchRole => "There is no such role.",
        AccountProblemCode.LastAdministrator => "This is the last administrator. Make somebody else administrator first.",
        AccountProblemCode.UserDisabled => "This account is disabled. An administrator enables it; if there is none, start the host, which prints a set-up code.",
        AccountProblemCode.Busy => "The server is checking as many passwords as it can. Wait a few seconds, then try once more.",
        AccountProblemCode.EmailTaken => "Somebody has this e-mail address already.",
        AccountProblemCode.EmailInvalid => "This is not an e-mail address that can be used here.",
        AccountProblemCode.PasswordTooShort => $"Passwords must be at least {problem.AtLeast} characters.",
        AccountProblemCode.PasswordTooUniform => $"Passwords must use at least {problem.AtLeast} different characters.",
        AccountProblemCode.PasswordNeedsDigit => "Passwords must have at least one digit ('0'-'9').",
        AccountProblemCode.PasswordNeedsLowercase => "Passwords must have at least one lowercase letter ('a'-'z').",
        AccountProblemCode.PasswordNeedsUppercase => "Passwords must have at least one uppercase letter ('A'-'Z').",
        AccountProblemCode.PasswordNeedsSymbol => "Passwords must have at least one character that is neither a letter nor a digit.",
        AccountProblemCode.OtherRule => $"A rule of this server does not allow it: {problem.Rule}.",
    };
}
