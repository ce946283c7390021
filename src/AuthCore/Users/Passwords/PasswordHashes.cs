using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Users.Passwords;

/// <summary>Identity's hasher, and a hash without a known password, for spending the time of a check where there is nothing to check.</summary>
internal sealed class PasswordHashes
{
    private static readonly AuthUser NoUser = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly string _decoy;

    public PasswordHashes(IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        _decoy = Hash(NoUser, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
    }

    public string Hash(AuthUser user, string password) => With(hasher => hasher.HashPassword(user, password));

    /// <summary>An account without a password costs the same and is never right.</summary>
    public PasswordVerificationResult Verify(AuthUser user, string password)
    {
        if (user.PasswordHash is { } hash)
        {
            return With(hasher => hasher.VerifyHashedPassword(user, hash, password));
        }

        VerifyDecoy(password);
        return PasswordVerificationResult.Failed;
    }

    public void VerifyDecoy(string password) => With(hasher => hasher.VerifyHashedPassword(NoUser, _decoy, password));

    private T With<T>(Func<IPasswordHasher<AuthUser>, T> use)
    {
        using var scope = _scopes.CreateScope();
        return use(scope.ServiceProvider.GetRequiredService<IPasswordHasher<AuthUser>>());
    }
}
