using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Accounts;

internal sealed class PasswordChange(
    IReadDatabase database, IWriteLane lane, HashingQueue queue, PasswordVerification verification, PasswordHashes hashes, SignInAttempts attempts,
    NewUsers rules) : IPasswordChange
{
    public async Task<PasswordChangeOutcome> ChangeAsync(
        string userId, string current, string password, KnownDevice? device, CancellationToken cancellationToken = default)
    {
        if (current.Length is 0 or > PasswordSignIn.MaxLength || password.Length is 0 or > PasswordSignIn.MaxLength)
        {
            return new PasswordChangeOutcome.WrongPassword();
        }

        if (await AccountAsync(userId, cancellationToken) is not { } account)
        {
            return new PasswordChangeOutcome.SignInFirst();
        }

        using var turn = await queue.EnterAsync(cancellationToken);
        if (turn is null)
        {
            return new PasswordChangeOutcome.Busy(HashingQueue.RetryAfterSeconds);
        }

        var verified = await verification.VerifyAsync(account, user => user.Id == userId, current, device, cancellationToken);
        return await verified.Match(right => ChangeAsync(right, password, cancellationToken), wrong => RefuseAsync(userId, wrong.Reason));
    }

    private async Task<PasswordChangeOutcome> ChangeAsync(Verified.Right right, string password, CancellationToken cancellationToken)
    {
        attempts.GiveBack(right.Source);
        if (await rules.ProblemsOfAsync(right.User, password) is { Count: > 0 } problems)
        {
            // The current password was right: what was counted for it is given back here too.
            await lane.WriteAsync(
                unit => unit.UpdateUsersAsync(user => user.Id == right.User.Id && user.AccessFailedCount > 0, set => set.SetProperty(user => user.AccessFailedCount, 0)),
                cancellationToken);
            return new PasswordChangeOutcome.Refused(problems);
        }

        var newHash = hashes.Hash(right.User, password);
        await lane.RevokeMostConnectionsAsync(right.User.Id, RevocationReason.User, right.User.Id, cancellationToken);
        var user = await lane.WriteAsync(unit => ChangeAsync(unit, right.User, newHash), cancellationToken);
        return user is null ? new PasswordChangeOutcome.SignInFirst() : new PasswordChangeOutcome.Changed(user);
    }

    /// <summary>Everything that a new password means, in one commit.</summary>
    private static async Task<AuthUser?> ChangeAsync(WriteUnit unit, AuthUser seen, string newHash)
    {
        var revoked = await AccountWrites.TrySetPasswordAsync(
            unit, user => user.Id == seen.Id && user.DisabledAt == null && user.PasswordHash == seen.PasswordHash, seen.Id, newHash, RevocationReason.User, seen.Id);
        if (revoked is null)
        {
            return null;
        }

        unit.Record(new PasswordChanged(seen.Id, revoked.FamilyIds, revoked.Codes));
        return await unit.Db.Users().AsNoTracking().SingleAsync(user => user.Id == seen.Id);
    }

    private async Task<PasswordChangeOutcome> RefuseAsync(string userId, SignInRefusal reason)
    {
        await lane.RecordAsync(new PasswordRefused(userId, reason), CancellationToken.None);
        return new PasswordChangeOutcome.WrongPassword();
    }

    private async Task<string?> AccountAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Users().Where(user => user.Id == userId).Select(user => user.NormalizedEmail).SingleOrDefaultAsync(cancellationToken);
    }
}
