using System.Security.Cryptography;
using AuthCore.Grants;
using AuthCore.Hosting;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Accounts;

internal sealed class FirstRun(
    IReadDatabase database, IWriteLane lane, IServiceScopeFactory scopes, IOptions<SetupOptions> options, PublicOrigin origin, NewUsers newUsers,
    WrongSetupCodes wrongCodes, IHttpContextAccessor http, ILogger<FirstRun> logger)
    : IFirstRun, IDisposable
{
    /// <summary>32 signs that cannot be mistaken for each other: 60 bits in 12.</summary>
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly SemaphoreSlim _one = new(1, 1);
    private TokenHash? _code;
    private bool _done;

    public async Task<bool> IsNeededAsync(CancellationToken cancellationToken = default)
    {
        if (_done)
        {
            return false;
        }

        await using var db = database.Open();
        _done = await Administrators.In(db).AnyAsync(cancellationToken);
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

            // Before the code is looked at: who has guessed too often learns nothing from another guess.
            var address = ClientAddress.Partition(http.HttpContext?.Connection.RemoteIpAddress);
            if (wrongCodes.WaitBefore(address) is { } wait)
            {
                return new FirstRunOutcome.TooManyWrongCodes(wait);
            }

            if (_code is not { } expected || !TokenHash.Of(Normalize(code)).FixedTimeEquals(expected))
            {
                if (wrongCodes.Note(address))
                {
                    Log.SetupCodeGuessed(logger, WrongSetupCodes.Allowed, address, WrongSetupCodes.Pause);
                }

                await lane.RecordAsync(new SetupRefused(), CancellationToken.None);
                return new FirstRunOutcome.WrongCode();
            }

            return await CreateAsync(email, password, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Makes the roles that are missing.</summary>
    public async Task MakeRolesAsync()
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
    }

    /// <summary>Makes the administrator whom the configuration names.</summary>
    /// <exception cref="BrokenSetupException">The configured address or password is not taken.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { AdminEmail: { } email, AdminPassword: { } password } && await IsNeededAsync(cancellationToken)
            && await CreateAsync(email, password, cancellationToken) is FirstRunOutcome.Refused refused)
        {
            throw new BrokenSetupException($"Setup:AdminEmail, Setup:AdminPassword: {string.Join(", ", refused.Problems)}");
        }
    }

    /// <summary>Prints where the host is and, while there is no administrator, the code that makes the first one.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        if (!await IsNeededAsync(cancellationToken))
        {
            Log.Serving(logger, origin.Issuer);
            return;
        }

        var code = string.Join('-', RandomNumberGenerator.GetString(Alphabet, 12).Chunk(4).Select(four => new string(four)));
        _code = TokenHash.Of(Normalize(code));

        // Straight to the terminal and not through the log: the code is a secret, and the operator who started the host may know it.
        await Console.Out.WriteLineAsync(
            $"""

             McpAuthConsole serves {origin.Issuer}
             There is no administrator yet. To make the first one, open
                 {origin.Issuer}/setup
             and enter this one-time code:  {code}

             """);
    }

    public void Dispose() => _one.Dispose();

    private async Task<FirstRunOutcome> CreateAsync(string email, string password, CancellationToken cancellationToken)
    {
        var prepared = await newUsers.PrepareOrFindAsync(email, password, cancellationToken);
        return await prepared.Match(
            ready => WriteAsync(ready.User, cancellationToken),
            refused => Task.FromResult<FirstRunOutcome>(new FirstRunOutcome.Refused(refused.Problems)),
            busy => Task.FromResult<FirstRunOutcome>(new FirstRunOutcome.Busy(HashingQueue.RetryAfterSeconds)));
    }

    private async Task<FirstRunOutcome> WriteAsync(AuthUser prepared, CancellationToken cancellationToken)
    {
        var outcome = await lane.WriteAsync<FirstRunOutcome>(
            async unit =>
            {
                if (await Administrators.In(unit.Db).AnyAsync())
                {
                    return new FirstRunOutcome.AlreadyDone();
                }

                var isThere = await unit.Db.Users().AnyAsync(user => user.Id == prepared.Id);
                await (isThere ? TakeOverAsync(unit, prepared) : AddAsync(unit, prepared));
                unit.Record(new SetupCompleted(prepared.Id, prepared.Email!, isThere));
                return new FirstRunOutcome.Created(await unit.Db.Users().AsNoTracking().SingleAsync(user => user.Id == prepared.Id));
            },
            cancellationToken);
        (_done, _code) = (true, null);
        return outcome;
    }

    private static async Task AddAsync(WriteUnit unit, AuthUser user)
    {
        if (!await AccountWrites.TryAddAsync(unit, user, Roles.Administrator))
        {
            throw new InvalidOperationException("The first administrator's address was taken while they were made.");
        }
    }

    /// <summary>A person without the role, whom a person added or an interrupted set-up left behind.</summary>
    private static async Task TakeOverAsync(WriteUnit unit, AuthUser user)
    {
        await unit.Db.UserRoles().Where(held => held.UserId == user.Id).ExecuteDeleteAsync();
        await AccountWrites.GiveRoleAsync(unit, user.Id, Roles.Administrator);
        await unit.UpdateUsersAsync(known => known.Id == user.Id, set => set.SetProperty(known => known.DisabledAt, (DateTimeOffset?)null));
        await AccountWrites.TrySetPasswordAsync(unit, known => known.Id == user.Id, user.Id, user.PasswordHash!, RevocationReason.Operator, user.Id);
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
