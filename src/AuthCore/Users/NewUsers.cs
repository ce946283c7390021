using System.Security.Cryptography;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Users;

/// <summary>What became of an address and a password before anything is written.</summary>
internal abstract record PreparedUser
{
    private PreparedUser()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused, Func<Busy, T> busy);

    /// <summary>The person with the hash of the password, not stored yet.</summary>
    public sealed record Ready(AuthUser User) : PreparedUser
    {
        public override T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused, Func<Busy, T> busy) => ready(this);
    }

    /// <summary>What Identity has against them.</summary>
    public sealed record Refused(IReadOnlyList<AccountProblem> Problems) : PreparedUser
    {
        public override T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused, Func<Busy, T> busy) => refused(this);
    }

    /// <summary>Too many passwords wait to be hashed.</summary>
    public sealed record Busy : PreparedUser
    {
        public override T Match<T>(Func<Ready, T> ready, Func<Refused, T> refused, Func<Busy, T> busy) => busy(this);
    }
}

/// <summary>Holds an address and a password to Identity's rules and hashes the password, before the write lane is entered: a hash takes long.</summary>
internal sealed class NewUsers(IServiceScopeFactory scopes, HashingQueue queue, TimeProvider time)
{
    /// <summary>What sessions carry to prove that they are of this state of the person.</summary>
    public static string NewStamp() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>A new person.</summary>
    public Task<PreparedUser> PrepareAsync(string email, string password, CancellationToken cancellationToken) =>
        PrepareAsync(email, password, _ => Task.FromResult<AuthUser?>(null), cancellationToken);

    /// <summary>A person who may be there already: then it is they who are returned, with the hash of the new password.</summary>
    public Task<PreparedUser> PrepareOrFindAsync(string email, string password, CancellationToken cancellationToken) =>
        PrepareAsync(email, password, users => users.FindByEmailAsync(email), cancellationToken);

    /// <returns>What Identity has against a new password of a person.</returns>
    public async Task<IReadOnlyList<AccountProblem>> ProblemsOfAsync(AuthUser user, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ProblemsAsync(scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>(), user, password);
    }

    private async Task<PreparedUser> PrepareAsync(
        string email, string password, Func<UserManager<AuthUser>, Task<AuthUser?>> findAsync, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var user = await findAsync(users) ?? New(users, email);
        var problems = new List<AccountProblem>();
        foreach (var validator in users.UserValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user)).Errors.Select(error => AccountProblem.Of(error, users.Options.Password)));
        }

        problems.AddRange(await ProblemsAsync(users, user, password));
        if (problems.Count > 0)
        {
            return new PreparedUser.Refused([.. problems.Distinct()]);
        }

        using var turn = await queue.EnterAsync(cancellationToken);
        if (turn is null)
        {
            return new PreparedUser.Busy();
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return new PreparedUser.Ready(user);
    }

    private static async Task<IReadOnlyList<AccountProblem>> ProblemsAsync(UserManager<AuthUser> users, AuthUser user, string password)
    {
        var problems = new List<AccountProblem>();
        foreach (var validator in users.PasswordValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(error => AccountProblem.Of(error, users.Options.Password)));
        }

        return [.. problems.Distinct()];
    }

    private AuthUser New(UserManager<AuthUser> users, string email) => new()
    {
        UserName = email,
        NormalizedUserName = users.NormalizeName(email),
        Email = email,
        NormalizedEmail = users.NormalizeEmail(email),
        EmailConfirmed = true,
        LockoutEnabled = true,
        SecurityStamp = NewStamp(),
        CreatedAt = time.GetUtcNow(),
    };
}
