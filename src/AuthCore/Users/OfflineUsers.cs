using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AuthCore.Users;

/// <summary>
/// The way back in, for the person who has the data directory of a host that is stopped: asks for no role and leaves an audit line of the actor
/// <c>command-line</c>. Owns the directory as a running host does, so that the two can never write beside each other.
/// </summary>
public static class OfflineUsers
{
    private const string Actor = "command-line";

    /// <summary>Adds a person.</summary>
    /// <param name="services">Of a host that has AuthCore and was not started.</param>
    /// <param name="email">What they will sign in with.</param>
    /// <param name="password">Identity's rules apply.</param>
    /// <param name="role">One of <see cref="Roles.All"/>, or null for an end user.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    /// <exception cref="BrokenSetupException">The host is running, there is no database, or storage cannot be opened as it is set up.</exception>
    public static Task<UserChange> AddAsync(IServiceProvider services, string email, string password, string? role, CancellationToken cancellationToken) =>
        WithStorageAsync(
            services,
            async () =>
            {
                var (user, problems) = await services.GetRequiredService<NewUsers>().PrepareAsync(email, password);
                return problems.Count > 0 ? new UserChange.Refused(problems) : await services.GetRequiredService<IWriteLane>().WriteAsync<UserChange>(
                    async unit =>
                    {
                        if (!await AccountWrites.TryAddAsync(unit, user, role))
                        {
                            return new UserChange.Refused(["Somebody has this e-mail address already."]);
                        }

                        await AppendAsync(services, unit, new AuditEntry("user.added", Actor, user.Id, $"{email}, {role ?? "no role"}"));
                        return new UserChange.Done(user.Id);
                    },
                    cancellationToken);
            },
            cancellationToken);

    /// <summary>Gives a person a new password, which ends their lockout, their sessions, connections and codes.</summary>
    /// <param name="services">Of a host that has AuthCore and was not started.</param>
    /// <param name="email">What they sign in with.</param>
    /// <param name="password">Identity's rules apply.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    /// <exception cref="BrokenSetupException">The host is running, there is no database, or storage cannot be opened as it is set up.</exception>
    public static Task<UserChange> ResetPasswordAsync(IServiceProvider services, string email, string password, CancellationToken cancellationToken) =>
        WithStorageAsync(
            services,
            async () =>
            {
                var (prepared, problems) = await services.GetRequiredService<NewUsers>().PrepareOrFindAsync(email, password);
                return problems.Count > 0 ? new UserChange.Refused(problems) : await services.GetRequiredService<IWriteLane>().WriteAsync<UserChange>(
                    async unit =>
                    {
                        if (await unit.Db.Users.SingleOrDefaultAsync(user => user.Id == prepared.Id) is not { } user)
                        {
                            return new UserChange.Refused(["There is no such person."]);
                        }

                        if (user.DisabledAt is not null)
                        {
                            return new UserChange.Refused(["This account is disabled. An administrator enables it; if there is none, start the host, which prints a set-up code."]);
                        }

                        var ended = await services.GetRequiredService<AccountWrites>().SetPasswordAsync(unit, user, prepared.PasswordHash!, Actor);
                        await AppendAsync(services, unit, new AuditEntry("user.password_reset", Actor, user.Id, $"{ended} families"));
                        return new UserChange.Done(user.Id);
                    },
                    cancellationToken);
            },
            cancellationToken);

    private static Task AppendAsync(IServiceProvider services, WriteUnit unit, AuditEntry entry) =>
        services.GetRequiredService<AuditTrail>().AppendAsync(unit, AuditSource.Host, entry);

    private static async Task<UserChange> WithStorageAsync(IServiceProvider services, Func<Task<UserChange>> workAsync, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<SqliteDatabase>();
        if (!File.Exists(database.FilePath))
        {
            throw new BrokenSetupException($"There is no database at {database.FilePath}. Say where the host's DataDirectory is, as it is said to the host.");
        }

        AssertHostIsStopped(database);
        using var storage = services.GetServices<IHostedService>().OfType<SqliteStorage>().Single();
        await storage.StartingAsync(cancellationToken);
        try
        {
            return await workAsync();
        }
        finally
        {
            await storage.StoppedAsync(CancellationToken.None);
        }
    }

    private static void AssertHostIsStopped(SqliteDatabase database)
    {
        try
        {
            DirectoryOwnership.Take(database.DataDirectory).Dispose();
        }
        catch (BrokenSetupException running)
        {
            throw new BrokenSetupException($"The host is running on {database.DataDirectory}: stop it first, or use its console.", running);
        }
    }
}
