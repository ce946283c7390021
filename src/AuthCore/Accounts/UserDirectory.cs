using System.Security.Claims;
using AuthCore.Grants;
using AuthCore.Storage;
using AuthCore.Users;
using AuthCore.Users.Sessions;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Accounts;

internal sealed class UserDirectory(
    IReadDatabase database, IWriteLane lane, RemainingFamilies remaining, OperatorGate gate, NewUsers newUsers, TimeProvider time) : IUserDirectory
{
    public async Task<Page<UserRow>> ListAsync(ClaimsPrincipal caller, ListQuery<UserSort> query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        var now = time.GetUtcNow();
        await using var db = database.Open();
        IQueryable<AuthUser> users = db.Users();
        if (LikePattern.Containing(query.Search) is { } pattern)
        {
            users = users.Where(user => EF.Functions.Like(user.NormalizedEmail!, pattern, LikePattern.Escape));
        }

        var count = await users.CountAsync(query.Skip, cancellationToken);
        var page = await Sort(users, query).Skip(query.Skip).Take(query.Take)
            .Select(user => new
            {
                User = user,
                Held = db.UserRoles().Where(held => held.UserId == user.Id).Join(db.Roles(), held => held.RoleId, role => role.Id, (_, role) => role.Name!).ToList(),
                LiveFamilies = db.Families().Count(family => family.UserId == user.Id && family.RevokedAt == null && family.ExpiresAt > now),
            })
            .ToListAsync(cancellationToken);
        return new Page<UserRow>(
            [.. page.Select(row => new UserRow(
                row.User.Id, row.User.Email ?? row.User.Id, Roles.All.LastOrDefault(row.Held.Contains), row.User.CreatedAt, row.User.DisabledAt,
                row.User.LockoutEnd > now ? row.User.LockoutEnd : null, row.LiveFamilies))],
            count.Total,
            count.More);
    }

    public async Task<UserChange> AddAsync(
        ClaimsPrincipal caller, string email, string password, string? role, CancellationToken cancellationToken = default)
    {
        var actor = await gate.RequireAsync(caller, Roles.Administrator, cancellationToken);
        if (role is not null && !Roles.All.Contains(role))
        {
            return Refuse(AccountProblemCode.NoSuchRole);
        }

        var prepared = await newUsers.PrepareAsync(email, password, cancellationToken);
        return await prepared.Match(
            ready => AddAsync(ready.User, role, actor, cancellationToken),
            refused => Task.FromResult<UserChange>(new UserChange.Refused(refused.Problems)),
            busy => Task.FromResult<UserChange>(Refuse(AccountProblemCode.Busy)));
    }

    private Task<UserChange> AddAsync(AuthUser user, string? role, string actor, CancellationToken cancellationToken)
    {
        return lane.WriteAsync<UserChange>(
            async unit =>
            {
                if (!await AccountWrites.TryAddAsync(unit, user, role))
                {
                    return Refuse(AccountProblemCode.EmailTaken);
                }

                unit.Record(new UserAdded(user.Id, user.Email!, role, actor));
                return new UserChange.Done(user.Id);
            },
            cancellationToken);
    }

    public async Task<UserChange> SetRoleAsync(ClaimsPrincipal caller, string userId, string? role, CancellationToken cancellationToken = default)
    {
        var actor = await gate.RequireAsync(caller, Roles.Administrator, cancellationToken);
        if (role is not null && !Roles.All.Contains(role))
        {
            return Refuse(AccountProblemCode.NoSuchRole);
        }

        return await lane.WriteAsync<UserChange>(
            async unit =>
            {
                if (!await unit.Db.Users().AnyAsync(user => user.Id == userId))
                {
                    return Refuse(AccountProblemCode.NoSuchUser);
                }

                if (role != Roles.Administrator && await IsLastAdministratorAsync(unit, userId))
                {
                    return Refuse(AccountProblemCode.LastAdministrator);
                }

                await unit.Db.UserRoles().Where(held => held.UserId == userId).ExecuteDeleteAsync();
                await AccountWrites.GiveRoleAsync(unit, userId, role);
                await unit.UpdateUsersAsync(user => user.Id == userId, set => set.RenewSecurityStamp());
                await unit.EndSessionsAsync(session => session.UserId == userId, SessionEnd.RoleChanged, actor);
                unit.Record(new UserRoleSet(userId, role, actor));
                return new UserChange.Done(userId);
            },
            cancellationToken);
    }

    public async Task<UserChange> SetDisabledAsync(ClaimsPrincipal caller, string userId, bool disabled, CancellationToken cancellationToken = default)
    {
        var actor = await gate.RequireAsync(caller, Roles.Administrator, cancellationToken);
        return disabled ? await DisableAsync(userId, actor, cancellationToken) : await EnableAsync(userId, actor, cancellationToken);
    }

    /// <summary>Revokes the first of their connections with it. The others follow in the background; nothing of the person is accepted meanwhile.</summary>
    private async Task<UserChange> DisableAsync(string userId, string actor, CancellationToken cancellationToken)
    {
        var isFull = false;
        var change = await lane.WriteAsync<UserChange>(
            async unit =>
            {
                if (!await unit.Db.Users().AnyAsync(user => user.Id == userId))
                {
                    return Refuse(AccountProblemCode.NoSuchUser);
                }

                if (await IsLastAdministratorAsync(unit, userId))
                {
                    return Refuse(AccountProblemCode.LastAdministrator);
                }

                DateTimeOffset? now = unit.Now;
                await unit.UpdateUsersAsync(user => user.Id == userId, set => set.RenewSecurityStamp().SetProperty(user => user.DisabledAt, user => user.DisabledAt ?? now));
                await unit.EndSessionsAsync(session => session.UserId == userId, SessionEnd.UserDisabled, actor);
                var revoked = await unit.RevokeOfUserAsync(userId, RevocationReason.UserDisabled, actor, Batches.Size);
                isFull = revoked.IsFull;
                unit.Record(new UserDisabled(userId, actor, revoked.FamilyIds, revoked.Codes));
                return new UserChange.Done(userId);
            },
            cancellationToken);
        return isFull ? new UserChange.Done(userId, await remaining.CountAsync(DisabledParty.User(userId), cancellationToken)) : change;
    }

    private Task<UserChange> EnableAsync(string userId, string actor, CancellationToken cancellationToken)
    {
        return lane.EnableAsync<UserChange>(
            DisabledParty.User(userId),
            async unit =>
            {
                if (await unit.UpdateUsersAsync(user => user.Id == userId, set => set.RenewSecurityStamp().SetProperty(user => user.DisabledAt, (DateTimeOffset?)null)) == 0)
                {
                    return Refuse(AccountProblemCode.NoSuchUser);
                }

                unit.Record(new UserEnabled(userId, actor));
                return new UserChange.Done(userId);
            },
            cancellationToken);
    }

    public async Task<string?> FindEmailAsync(string userId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        return await db.Users().Where(user => user.Id == userId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
    }

    private static UserChange.Refused Refuse(AccountProblemCode code) => new([new AccountProblem(code)]);

    private static async Task<bool> IsLastAdministratorAsync(WriteUnit unit, string userId)
    {
        var administrators = Administrators.In(unit.Db);
        return await administrators.AnyAsync(user => user.Id == userId) && !await administrators.AnyAsync(user => user.Id != userId);
    }

    internal static IQueryable<AuthUser> Sort(IQueryable<AuthUser> users, ListQuery<UserSort> query)
    {
        var sorted = query.SortBy is not { } column ? users.OrderByDescending(user => user.CreatedAt) : column switch
        {
            UserSort.Email => users.By(user => user.NormalizedEmail, query.Descending),
            UserSort.CreatedAt => users.By(user => user.CreatedAt, query.Descending),
        };
        return sorted.ThenBy(user => user.Id);
    }
}
