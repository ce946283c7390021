using AuthCore.Audit;
using AuthCore.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AuthCore.Users.Passwords;

internal sealed class PasswordSignIn(
    IWriteLane lane, HashingQueue queue, PasswordVerification verification, PasswordHashes hashes, SignInAttempts attempts, AuditTrail audit,
    ILookupNormalizer normalizer, ILogger<PasswordSignIn> logger) : IPasswordSignIn
{
    /// <summary>The longest address and password that are looked at.</summary>
    public const int MaxLength = 256;

    public async Task<PasswordSignInOutcome> TryAsync(string? email, string? password, KnownDevice? device, CancellationToken cancellationToken = default)
    {
        if (email is not { Length: > 0 and <= MaxLength } || password is not { Length: > 0 and <= MaxLength })
        {
            return new PasswordSignInOutcome.Refused();
        }

        var account = normalizer.NormalizeEmail(email);
        if (device is null && verification.IsExhausted(account))
        {
            return await RefuseAsync(null, "too many wrong passwords from there");
        }

        using var turn = await queue.EnterAsync(cancellationToken);
        if (turn is null)
        {
            return new PasswordSignInOutcome.Busy(HashingQueue.RetryAfterSeconds);
        }

        return await verification.VerifyAsync(account, user => user.NormalizedEmail == account, password, device, cancellationToken) switch
        {
            Verified.Right right => await PassAsync(right, password),
            Verified.Wrong wrong => await RefuseAsync(wrong.UserId, wrong.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Gives the attempt back and begins the stay, unless the person was disabled or changed their password in the meantime.</summary>
    private async Task<PasswordSignInOutcome> PassAsync(Verified.Right right, string password)
    {
        var source = audit.CurrentSource();
        var newHash = right.HashIsOld ? hashes.Hash(right.User, password) : right.User.PasswordHash;
        var user = await lane.WriteAsync(unit => PassAsync(unit, right, newHash, source));
        if (user is null)
        {
            return await RefuseAsync(right.User.Id, "changed while it was checked");
        }

        attempts.GiveBack(right.Source);
        return new PasswordSignInOutcome.Passed(user);
    }

    private async Task<AuthUser?> PassAsync(WriteUnit unit, Verified.Right right, string? newHash, AuditSource source)
    {
        var seen = right.User;
        var passed = await unit.UpdateUsersAsync(
            user => user.Id == seen.Id && user.DisabledAt == null && user.PasswordHash == seen.PasswordHash && user.SecurityStamp == seen.SecurityStamp,
            set =>
            {
                set.SetProperty(user => user.PasswordHash, newHash);
                if (!right.OnKnownDevice)
                {
                    set.SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null);
                }
            });
        if (passed == 0)
        {
            return null;
        }

        await audit.AppendAsync(unit, source, new AuditEntry("login.succeeded", seen.Id, seen.Id));
        return await unit.Db.Users().AsNoTracking().SingleAsync(user => user.Id == seen.Id);
    }

    // Not cancellable: who hangs up early is recorded all the same.
    private async Task<PasswordSignInOutcome> RefuseAsync(string? userId, string reason)
    {
        Log.SignInRefused(logger, userId ?? "unknown", reason);
        await audit.RecordAsync(new AuditEntry("login.failed", "anonymous", userId ?? "unknown", reason), CancellationToken.None);
        return new PasswordSignInOutcome.Refused();
    }
}
