using System.Linq.Expressions;
using AuthCore.Http;
using AuthCore.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Users.Passwords;

/// <summary>What the look at a password came to.</summary>
internal abstract record Verified
{
    private Verified()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Right, T> right, Func<Wrong, T> wrong);

    /// <summary>It is the person's.</summary>
    /// <param name="User">Their row as it was when the attempt was counted.</param>
    /// <param name="Source">What the attempt was counted for.</param>
    /// <param name="OnKnownDevice">Whether only the device's own allowance was used.</param>
    /// <param name="HashIsOld">Whether it was hashed in a way that is no longer used.</param>
    public sealed record Right(AuthUser User, SignInSource Source, bool OnKnownDevice, bool HashIsOld) : Verified
    {
        public override T Match<T>(Func<Right, T> right, Func<Wrong, T> wrong) => right(this);
    }

    /// <param name="UserId">Whose account it was about; null when there is none.</param>
    /// <param name="Reason">For log and audit.</param>
    public sealed record Wrong(string? UserId, SignInRefusal Reason) : Verified
    {
        public override T Match<T>(Func<Right, T> right, Func<Wrong, T> wrong) => wrong(this);
    }
}

/// <summary>
/// Looks at a password, within a turn of <see cref="HashingQueue"/>. The attempt is counted first, for the account at its address (or for the known device)
/// and for the account as a whole, and only then evaluated: however many come at once, no more are evaluated than the limits say.
/// </summary>
internal sealed class PasswordVerification(
    IWriteLane lane, SignInAttempts attempts, PasswordHashes hashes, IOptions<IdentityOptions> identity, IHttpContextAccessor http, ILogger<PasswordVerification> logger)
{
    /// <summary>Whether the address has used up its attempts for the account: known before any turn is taken.</summary>
    public bool IsExhausted(string account) => attempts.IsExhausted(FromHere(account));

    /// <param name="account">The normalized address that attempts are counted for.</param>
    /// <param name="which">Finds the person.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="device">What the browser showed, if anything.</param>
    /// <param name="cancellationToken">Gives up while nothing is counted.</param>
    public async Task<Verified> VerifyAsync(
        string account, Expression<Func<AuthUser, bool>> which, string password, KnownDevice? device, CancellationToken cancellationToken)
    {
        var here = FromHere(account);
        var counted = await lane.WriteAsync(unit => CountAsync(unit, here, which, device), cancellationToken);
        if (counted.IsExhausted)
        {
            // Not hashed: it costs nothing, and tells callers no more than they have counted themselves.
            return new Verified.Wrong(counted.User?.Id, SignInRefusal.TooManyWrongPasswords);
        }

        if (counted is not { User: { } user, MayBeEvaluated: true })
        {
            hashes.VerifyDecoy(password);
            return new Verified.Wrong(counted.User?.Id, counted.User is null ? SignInRefusal.NoSuchAccount : counted.User.DisabledAt is null ? SignInRefusal.Locked : SignInRefusal.Disabled);
        }

        var result = hashes.Verify(user, password);
        if (result == PasswordVerificationResult.Failed)
        {
            return new Verified.Wrong(user.Id, Locks(user, counted.OnKnownDevice) ? SignInRefusal.WrongPasswordAndLocked : SignInRefusal.WrongPassword);
        }

        return new Verified.Right(user, counted.Source, counted.OnKnownDevice, result == PasswordVerificationResult.SuccessRehashNeeded);
    }

    private async Task<Counted> CountAsync(WriteUnit unit, SignInSource here, Expression<Func<AuthUser, bool>> which, KnownDevice? device)
    {
        var user = await unit.Db.Users().AsNoTracking().SingleOrDefaultAsync(which);
        var known = device is not null && device.IsOf(user);
        var source = known ? SignInSource.Of(here.Account, device!) : here;
        if (!attempts.TryReserve(source))
        {
            return new Counted(user, source, known, IsExhausted: true, MayBeEvaluated: false);
        }

        var reserved = user is { DisabledAt: null } && (known || await AccountLockout.TryReserveAsync(unit, user.Id, identity.Value.Lockout.DefaultLockoutTimeSpan));
        if (!reserved)
        {
            await AccountLockout.SpendAsync(unit);
        }

        return new Counted(user, source, known, IsExhausted: false, reserved);
    }

    private bool Locks(AuthUser before, bool onKnownDevice)
    {
        if (onKnownDevice || before.AccessFailedCount + 1 < AccountLockout.Limit)
        {
            return false;
        }

        Log.AccountLocked(logger, before.Id, AccountLockout.Limit);
        return true;
    }

    private SignInSource FromHere(string account) => new(account, ClientAddress.Partition(http.HttpContext?.Connection.RemoteIpAddress));

    private sealed record Counted(AuthUser? User, SignInSource Source, bool OnKnownDevice, bool IsExhausted, bool MayBeEvaluated);
}
