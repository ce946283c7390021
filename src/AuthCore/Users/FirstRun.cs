using System.Security.Cryptography;
using AuthCore.Audit;
using AuthCore.Protocol;
using AuthCore.Storage.Sqlite;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Users;

internal sealed class FirstRun(
    SqliteDatabase database, IServiceScopeFactory scopes, IOptions<SetupOptions> options, PublicOrigin origin, AuditTrail audit, HashingQueue queue, TimeProvider time,
    ILogger<FirstRun> logger)
    : IFirstRun, IDisposable
{
    private const int MaxWrongCodes = 10;

    /// <summary>32 signs that cannot be mistaken for each other: 60 bits in 12.</summary>
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly SemaphoreSlim _one = new(1, 1);
    private TokenHash? _code;
    private int _wrongCodes;
    private bool _done;

    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken = default)
    {
        if (_done)
        {
            return false;
        }

        await using var db = database.OpenForReading();
        _done = await db.Users.AnyAsync(cancellationToken);
        return !_done;
    }

    public async Task<FirstRunOutcome> CompleteAsync(string code, string email, string password, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!await IsNeededAsync(cancellationToken))
            {
                return new FirstRunOutcome.AlreadyDone();
            }

            if (_code is not { } expected || !TokenHash.Of(Normalize(code)).FixedTimeEquals(expected))
            {
                await audit.RecordAsync(new AuditEntry("setup.refused", "anonymous", "setup", "wrong code"), cancellationToken);
                _code = ++_wrongCodes < MaxWrongCodes ? _code : null;
                return new FirstRunOutcome.WrongCode();
            }

            return await CreateAsync(email, password, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes the roles, and the administrator whom the configuration names.</summary>
    /// <exception cref="BrokenSetupException">The configured address or password is not taken.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        foreach (var role in Roles.All)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                (await roles.CreateAsync(new IdentityRole(role))).OrThrow($"The role '{role}' could not be made");
            }
        }

        if (options.Value is { AdminEmail: { } email, AdminPassword: { } password } && await IsNeededAsync(cancellationToken)
            && await CreateAsync(email, password, cancellationToken) is FirstRunOutcome.Refused refused)
        {
            throw new BrokenSetupException($"Setup:AdminEmail, Setup:AdminPassword: {string.Join(' ', refused.Reasons)}");
        }
    }

    /// <summary>Prints where the host is and, while there is no person, the code that makes the first one.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(cancellationToken))
        {
            Log.Serving(logger, origin.Issuer);
            return;
        }

        var code = string.Join('-', RandomNumberGenerator.GetString(Alphabet, 12).Chunk(4).Select(four => new string(four)));
        _code = TokenHash.Of(Normalize(code));

        // Straight to the terminal and not through the log: the code is a secret, and whoever started the host is who may know it.
        await Console.Out.WriteLineAsync(
            $"""

             McpAuthConsole serves {origin.Issuer}
             There is nobody yet who could sign in. To make the first administrator, open
                 {origin.Issuer}/setup
             and enter this one-time code:  {code}

             """);
    }

    public void Dispose() => _one.Dispose();

    private async Task<FirstRunOutcome> CreateAsync(string email, string password, CancellationToken cancellationToken)
    {
        using var turn = await queue.EnterAsync(cancellationToken);
        if (turn is null)
        {
            return new FirstRunOutcome.Busy(HashingQueue.RetryAfterSeconds);
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AuthUser>>();
        var user = new AuthUser { UserName = email, Email = email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
        var created = await users.CreateAsync(user, password);
        if (!created.Succeeded)
        {
            return new FirstRunOutcome.Refused([.. created.Errors.Select(error => error.Description).Distinct()]);
        }

        (await users.AddToRoleAsync(user, Roles.Administrator)).OrThrow("The first administrator could not be given the role");
        _done = true;
        _code = null;
        await audit.RecordAsync(new AuditEntry("setup.completed", user.Id, user.Id, $"first administrator {email}"), cancellationToken);
        Log.FirstAdministrator(logger, user.Id);
        return new FirstRunOutcome.Created(user);
    }

    private static string Normalize(string code) => new([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)]);
}

internal static class IdentityResults
{
    /// <exception cref="InvalidOperationException">It did not succeed.</exception>
    public static void OrThrow(this IdentityResult result, string what)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"{what}: {string.Join(' ', result.Errors.Select(error => error.Description))}");
        }
    }
}
