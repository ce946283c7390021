using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Users;

/// <summary>Holds an address and a password to Identity's rules and hashes the password, before the write lane is entered: a hash takes long.</summary>
internal sealed class NewUsers(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <returns>The person, not stored yet, and what Identity has against them, as sentences.</returns>
    public Task<(AuthUser User, IReadOnlyList<string> Problems)> PrepareAsync(string email, string password) => CheckAsync(email, password, _ => Task.FromResult<AuthUser?>(null));

    /// <summary>As <see cref="PrepareAsync"/>, for somebody who may be there already: then it is they who are returned, with the hash of the new password.</summary>
    public Task<(AuthUser User, IReadOnlyList<string> Problems)> PrepareOrFindAsync(string email, string password) => CheckAsync(email, password, users => users.FindByEmailAsync(email));

    /// <summary>What sessions carry to prove that they are of this state of the person.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private async Task<(AuthUser User, IReadOnlyList<string> Problems)> CheckAsync(string email, string password, Func<UserManager<AuthUser>, Task<AuthUser?>> findAsync)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var user = await findAsync(users) ?? New(users, email);
        var problems = new List<string>();
        foreach (var validator in users.UserValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user)).Errors.Select(error => error.Description));
        }

        foreach (var validator in users.PasswordValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(error => error.Description));
        }

        if (problems.Count == 0)
        {
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        }

        return (user, [.. problems.Distinct()]);
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
