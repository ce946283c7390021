using AuthCore.Audit;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;

namespace AdminConsole.Features.Account;

/// <summary>
/// Says whether a password is right, and nothing more: an unknown address, a wrong password, a disabled and a locked account get the
/// same answer after one password hash each. The audit trail knows which it was.
/// </summary>
internal sealed class PasswordCheck(UserManager<AuthUser> users, PersonSignIn signIn, DecoyPassword decoy, IAuditTrail audit)
{
    private const int MaxLength = 256;

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Passed(AuthUser User) : Outcome;

        public sealed record Refused : Outcome;
    }

    public async Task<Outcome> TryAsync(string? email, string? password, CancellationToken cancellationToken)
    {
        if (email is not { Length: > 0 and <= MaxLength } || password is not { Length: > 0 and <= MaxLength })
            return new Outcome.Refused();

        var user = await users.FindByEmailAsync(email);
        if (user is null)
        {
            await decoy.VerifyAsync(password, cancellationToken);
            return await RefuseAsync("unknown", "no such account");
        }

        if (!await signIn.CanSignInAsync(user) || await users.IsLockedOutAsync(user))
        {
            await decoy.VerifyAsync(password, cancellationToken);
            return await RefuseAsync(user.Id, user.DisabledAt is null ? "locked" : "disabled");
        }

        using (await decoy.TurnAsync(cancellationToken))
        {
            var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
            if (!result.Succeeded)
                return await RefuseAsync(user.Id, result.IsLockedOut ? "wrong password, now locked" : "wrong password");
        }

        await audit.RecordAsync(new AuditEntry("login.succeeded", user.Id, user.Id), cancellationToken);
        return new Outcome.Passed(user);
    }

    // Not cancellable: who hangs up early is recorded all the same.
    private async Task<Outcome> RefuseAsync(string subject, string reason)
    {
        await audit.RecordAsync(new AuditEntry("login.failed", "anonymous", subject, reason), CancellationToken.None);
        return new Outcome.Refused();
    }
}
