using AdminConsole.Shared;
using AuthCore.Audit;
using AuthCore.Revocation;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AdminConsole.Features.Account;

/// <summary>
/// <c>/account/password</c>. Whoever changes it may do so because somebody else knows it: every connection ends (RFC 9700 §4.14.2), and so does every
/// other session of theirs.
/// </summary>
internal static class ChangePassword
{
    private const int MaxLength = 256;

    public static LocalPath Path { get; } = LocalPath.Own("/account/password");

    public static IResult Show() => Page.Show<ChangePasswordPage>(new ChangePasswordModel([]));

    public static async Task<IResult> Change(
        [FromForm] string? current, [FromForm] string? password, [FromForm] string? repeated, HttpContext http,
        UserManager<AuthUser> users, PersonSignIn signIn, IRevocationDesk desk, IAuditTrail audit, CancellationToken cancellationToken)
    {
        if (await users.GetUserAsync(http.User) is not { } user)
            return Login.Path.SeeOther();
        if (password != repeated)
            return Again("The two new passwords differ.");
        if (current is not { Length: > 0 and <= MaxLength } || password is not { Length: > 0 and <= MaxLength })
            return Again("Fill in all three.");
        if (!(await signIn.CheckPasswordSignInAsync(user, current, lockoutOnFailure: true)).Succeeded)
        {
            await audit.RecordAsync(new AuditEntry("password.refused", user.Id, user.Id, "wrong current password"), CancellationToken.None);
            return Again("Your current password is not right, or there were too many wrong ones. Wait five minutes before you try again.");
        }

        var changed = await users.ChangePasswordAsync(user, current, password);
        if (!changed.Succeeded)
            return Again([.. changed.Errors.Select(error => error.Description)]);

        // From here on the password is the new one: what follows is not given up because a browser hangs up.
        await audit.RecordAsync(new AuditEntry("password.changed", user.Id, user.Id), CancellationToken.None);
        await desk.EndAsync(http.User, new RevocationTarget.ConnectionsOf(user.Id), CancellationToken.None);
        await signIn.BeginSessionAsync(user);
        return LocalPath.Own("/account/connections").With("password", "changed").SeeOther();
    }

    private static IResult Again(params string[] reasons) =>
        Page.Show<ChangePasswordPage>(new ChangePasswordModel(reasons), StatusCodes.Status422UnprocessableEntity);
}

/// <summary>What the page says.</summary>
/// <param name="Reasons">Why the last attempt was not taken.</param>
public sealed record ChangePasswordModel(IReadOnlyList<string> Reasons);
