using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Users;

/// <summary>Holds an address and a password to Identity's rules and hashes the password, before the write lane is entered: a hash takes long.</summary>
internal sealed class NewUsers(IServiceScopeFactory scopes, HashingQueue queue, TimeProvider time)
{
    private const string Busy = "The server is checking as many passwords as it can. Wait a few seconds, then try once more.";

    /// <returns>The person, not stored yet, and what Identity has against them, as sentences.</returns>
    public async Task<(AuthUser User, IReadOnlyList<string> Problems)> PrepareAsync(string email, string password, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var user = new AuthUser
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
        var problems = new List<string>();
        foreach (var validator in users.UserValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user)).Errors.Select(error => error.Description));
        }

        problems.AddRange(await ProblemsAsync(users, user, password));
        if (problems.Count == 0)
        {
            using var turn = await queue.EnterAsync(cancellationToken);
            if (turn is null)
            {
                return (user, [Busy]);
            }

            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        }

        return (user, [.. problems.Distinct()]);
    }

    /// <returns>What Identity has against a new password of a person, as sentences.</returns>
    public async Task<IReadOnlyList<string>> ProblemsOfAsync(AuthUser user, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ProblemsAsync(scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>(), user, password);
    }

    /// <summary>What sessions carry to prove that they are of this state of the person.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private static async Task<IReadOnlyList<string>> ProblemsAsync(UserManager<AuthUser> users, AuthUser user, string password)
    {
        var problems = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(error => error.Description));
        }

        return [.. problems.Distinct()];
    }
}
