using AuthCore.Storage;
using AuthCore.Storage.Facts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Users.Passwords;

internal sealed class PasswordSignIn(
    IWriteLane lane, HashingQueue queue, PasswordVerification verification, PasswordHashes hashes, SignInAttempts attempts,
    ILookupNormalizer normalizer) : IPasswordSignIn
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
            return await RefuseAsync(null, SignInRefusal.TooManyWrongPasswords);
        }

        using var turn = await queue.EnterAsync(cancellationToken);
        if (turn is null)
        {
            return new PasswordSignInOutcome.Busy(HashingQueue.RetryAfterSeconds);
        }

        var verified = await verification.VerifyAsync(account, user => user.NormalizedEmail == account, password, device, cancellationToken);
        return await verified.Match(right => PassAsync(right, password), wrong => RefuseAsync(wrong.UserId, wrong.Reason));
    }

    /// <summary>Gives the attempt back and begins the stay, unless the person was disabled or changed their password in the meantime.</summary>
    private async Task<PasswordSignInOutcome> PassAsync(Verified.Right right, string password)
    {
        var newHash = right.HashIsOld ? hashes.Hash(right.User, password) : right.User.PasswordHash;
        var user = await lane.WriteAsync(unit => PassAsync(unit, right, newHash));
        if (user is null)
        {
            return await RefuseAsync(right.User.Id, SignInRefusal.ChangedMeanwhile);
        }

        attempts.GiveBack(right.Source);
        return new PasswordSignInOutcome.Passed(user);
    }

    private static async Task<AuthUser?> PassAsync(WriteUnit unit, Verified.Right right, string? newHash)
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

        unit.Record(new SignInSucceeded(seen.Id));
        return await unit.Db.Users().AsNoTracking().SingleAsync(user => user.Id == seen.Id);
    }

    // Not cancellable: who hangs up early is recorded all the same.
    private async Task<PasswordSignInOutcome> RefuseAsync(string? userId, SignInRefusal reason)
    {
        await lane.RecordAsync(new SignInFailed(userId, reason), CancellationToken.None);
        return new PasswordSignInOutcome.Refused();
    }
}
