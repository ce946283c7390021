using AuthCore.Grants;
using AuthCore.Hosting;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AuthCore.Accounts;

/// <summary>
/// The way back in, for the person who has the data directory of a host that is stopped: asks for no role and leaves an audit line of the actor
/// <c>command-line</c>. Owns the directory as a running host does, so that the two can never write beside each other.
/// </summary>
public static class OfflineUsers
{
    private const string Actor = FactActors.CommandLine;

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
            users => users.PrepareAsync(email, password, cancellationToken),
            async (unit, user) =>
            {
                if (!await AccountWrites.TryAddAsync(unit, user, role))
                {
                    return Refuse(AccountProblemCode.EmailTaken);
                }

                unit.Record(new UserAdded(user.Id, email, role, Actor));
                return new UserChange.Done(user.Id);
            },
            cancellationToken);

    /// <summary>Gives a person a new password, which ends their lockout and sessions and revokes their connections and codes.</summary>
    /// <param name="services">Of a host that has AuthCore and was not started.</param>
    /// <param name="email">What they sign in with.</param>
    /// <param name="password">Identity's rules apply.</param>
    /// <param name="cancellationToken">Gives up while nothing is written.</param>
    /// <exception cref="BrokenSetupException">The host is running, there is no database, or storage cannot be opened as it is set up.</exception>
    public static Task<UserChange> ResetPasswordAsync(IServiceProvider services, string email, string password, CancellationToken cancellationToken) =>
        WithStorageAsync(
            services,
            users => users.PrepareOrFindAsync(email, password, cancellationToken),
            async (unit, user) =>
            {
                if (!await unit.Db.Users().AnyAsync(known => known.Id == user.Id))
                {
                    return Refuse(AccountProblemCode.NoSuchUser);
                }

                var revoked = await AccountWrites.TrySetPasswordAsync(
                    unit, known => known.Id == user.Id && known.DisabledAt == null, user.Id, user.PasswordHash!, RevocationReason.Operator, Actor);
                if (revoked is null)
                {
                    return Refuse(AccountProblemCode.UserDisabled);
                }

                unit.Record(new PasswordReset(user.Id, Actor, revoked.FamilyIds, revoked.Codes));
                return new UserChange.Done(user.Id);
            },
            cancellationToken);

    private static async Task<UserChange> WithStorageAsync(
        IServiceProvider services, Func<NewUsers, Task<PreparedUser>> prepareAsync, Func<WriteUnit, AuthUser, Task<UserChange>> writeAsync, CancellationToken cancellationToken)
    {
        return await services.GetRequiredService<IOfflineStorage>().RunAsync(
            async () =>
            {
                var prepared = await prepareAsync(services.GetRequiredService<NewUsers>());
                return await prepared.Match(
                    ready => services.GetRequiredService<IWriteLane>().WriteAsync(unit => writeAsync(unit, ready.User), cancellationToken),
                    refused => Task.FromResult<UserChange>(new UserChange.Refused(refused.Problems)),
                    busy => Task.FromResult<UserChange>(Refuse(AccountProblemCode.Busy)));
            },
            cancellationToken);
    }

    private static UserChange.Refused Refuse(AccountProblemCode code) => new([new AccountProblem(code)]);
}
