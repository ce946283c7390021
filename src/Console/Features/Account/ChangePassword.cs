using AdminConsole.Features.Errors;
using AdminConsole.Shared;
using AuthCore.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace AdminConsole.Features.Account;

/// <summary>
/// <c>/account/password</c>. A person may change it because somebody else knows it: every connection is revoked (RFC 9700 §4.14.2), and every
/// other session of theirs ends, in the commit that changes it.
/// </summary>
internal static class ChangePassword
{
    private const int MaxLength = 256;

    public static LocalPath Path { get; } = LocalPath.Own("/account/password");

    public static IResult Show() => Page.Show<ChangePasswordPage>(new ChangePasswordModel([]));

    public static async Task<IResult> Change(
        [FromForm] string? current, [FromForm] string? password, [FromForm] string? repeated, HttpContext http,
        IPasswordChange passwords, DeviceCookie devices, PersonSignIn signIn, CancellationToken cancellationToken)
    {
        if (signIn.UserManager.GetUserId(http.User) is not { } userId)
        {
            return PagePaths.Login.SeeOther();
        }

        if (password != repeated)
        {
            return Again("The two new passwords differ.");
        }

        if (current is not { Length: > 0 and <= MaxLength } || password is not { Length: > 0 and <= MaxLength })
        {
            return Again("Fill in all three.");
        }

        var outcome = await passwords.ChangeAsync(userId, current, password, devices.Read(http), cancellationToken);
        return await outcome.Match<ValueTask<IResult>>(
            async changed =>
            {
                await signIn.BeginSessionAsync(changed.User);
                return LocalPath.Own("/account/connections").With("password", "changed").SeeOther();
            },
            wrongPassword => new(Again("Your current password is not right, or there were too many wrong ones. Wait five minutes before you try again.")),
            refused => new(Again([.. AccountWords.Of(refused.Problems)])),
            signInFirst => new(PagePaths.Login.SeeOther()),
            busy => new(ErrorPages.ShowBusy(http, busy.RetryAfterSeconds)));
    }

    private static IResult Again(params string[] reasons) =>
        Page.Show<ChangePasswordPage>(new ChangePasswordModel(reasons), StatusCodes.Status422UnprocessableEntity);
}

/// <summary>What the page says.</summary>
/// <param name="Reasons">Why the last attempt was not taken.</param>
public sealed record ChangePasswordModel(IReadOnlyList<string> Reasons);
