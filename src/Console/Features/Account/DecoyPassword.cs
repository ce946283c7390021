using System.Security.Cryptography;
using AuthCore.Users;
using Microsoft.AspNetCore.Identity;

namespace AdminConsole.Features.Account;

/// <summary>
/// Spends the time of a password check where there is no password to check, and keeps password hashing to half of the processors:
/// a hash is slow on purpose, and a flood of guesses must not starve the token endpoint.
/// </summary>
internal sealed class DecoyPassword : IDisposable
{
    private static readonly AuthUser Nobody = new();
    private readonly PasswordHasher<AuthUser> _hasher = new();
    private readonly SemaphoreSlim _turns = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string _hash;

    public DecoyPassword() => _hash = _hasher.HashPassword(Nobody, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    public async Task VerifyAsync(string password, CancellationToken cancellationToken)
    {
        using (await TurnAsync(cancellationToken))
            _hasher.VerifyHashedPassword(Nobody, _hash, password);
    }

    /// <summary>Waits for a turn to hash; dispose to give it back.</summary>
    public async Task<IDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns);
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
