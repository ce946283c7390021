using System.Diagnostics;
using System.Linq.Expressions;
using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Revocation;

/// <summary>Ends what operators and owners ask to end, in units small enough that nobody else waits long.</summary>
internal sealed class RevocationService(
    IReadDatabase database, IWriteLane lane, OperatorGate gate, TimeProvider time) : IRevocationService
{
    private const int FamiliesAtOnce = 500;

    public async Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        await gate.RequireOwnerOrAsync(caller, await OwnerAsync(db, target, cancellationToken), Roles.Viewer, cancellationToken);
        var now = time.GetUtcNow();
        var live = db.Families().Where(Of(target)).Where(family => family.RevokedAt == null && family.ExpiresAt > now);
        return new RevocationImpact(
            await live.CountAsync(cancellationToken),
            await live.Select(family => family.UserId).Distinct().CountAsync(cancellationToken),
            await live.Select(family => family.ClientId).Distinct().CountAsync(cancellationToken));
    }

    public async Task<RevocationOutcome> EndAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        var owner = await OwnerAsync(db, target, cancellationToken);
        var actor = await gate.RequireOwnerOrAsync(caller, owner, Roles.Operator, cancellationToken);
        if (!await ExistsAsync(db, target, cancellationToken))
        {
            return new RevocationOutcome.NotFound();
        }

        var why = target is RevocationTarget.Client ? RevocationReason.ClientDisabled : actor == owner ? RevocationReason.User : RevocationReason.Operator;
        return await EndAllAsync(target, why, actor, cancellationToken);
    }

    public Task<RevocationOutcome> EndOwnAsync(AccessGrant grant, CancellationToken cancellationToken = default) =>
        EndAllAsync(new RevocationTarget.Family(grant.FamilyId), grant.UserId is null ? RevocationReason.Client : RevocationReason.User, grant.Subject, cancellationToken);

    private async Task<RevocationOutcome> EndAllAsync(RevocationTarget target, RevocationReason why, string actor, CancellationToken cancellationToken)
    {
        var total = 0;
        int ended;
        do
        {
            ended = await lane.WriteAsync(unit => RevokeSomeAsync(unit, target, why, actor), cancellationToken);
            total += ended;
        }
        while (ended == FamiliesAtOnce);

        return new RevocationOutcome.Ended(total);
    }

    private static async Task<int> RevokeSomeAsync(WriteUnit unit, RevocationTarget target, RevocationReason why, string actor)
    {
        switch (target)
        {
            case RevocationTarget.Family:
                var one = await unit.RevokeFamiliesAsync(Of(target), why, actor, FamiliesAtOnce);
                foreach (var familyId in one)
                {
                    unit.Record(new FamilyRevoked(familyId, why, actor));
                }

                return one.Count;
            case RevocationTarget.Client client:
                return await unit.DisableClientAsync(client.ClientId, actor, FamiliesAtOnce);
            case RevocationTarget.ConnectionsOf user:
                var revoked = await unit.RevokeOfUserAsync(user.UserId, why, actor, FamiliesAtOnce);
                if (revoked.IsAny)
                {
                    unit.Record(new ConnectionsRevoked(user.UserId, why, actor, revoked.FamilyIds, revoked.Codes));
                }

                return revoked.FamilyIds.Count;
            default:
                throw new UnreachableException();
        }
    }

    private static Expression<Func<TokenFamily, bool>> Of(RevocationTarget target) => target switch
    {
        RevocationTarget.Family { FamilyId: var id } => family => family.FamilyId == id,
        RevocationTarget.Client { ClientId: var id } => family => family.ClientId == id,
        RevocationTarget.ConnectionsOf { UserId: var id } => family => family.UserId == id,
        _ => throw new UnreachableException(),
    };

    private static async Task<string?> OwnerAsync(DbContext db, RevocationTarget target, CancellationToken cancellationToken) => target switch
    {
        RevocationTarget.Family { FamilyId: var id } =>
            await db.Families().Where(family => family.FamilyId == id).Select(family => family.UserId).SingleOrDefaultAsync(cancellationToken),
        RevocationTarget.ConnectionsOf { UserId: var id } => id,
        RevocationTarget.Client => null,
        _ => throw new UnreachableException(),
    };

    private static Task<bool> ExistsAsync(DbContext db, RevocationTarget target, CancellationToken cancellationToken) => target switch
    {
        RevocationTarget.Family { FamilyId: var id } => db.Families().AnyAsync(family => family.FamilyId == id, cancellationToken),
        RevocationTarget.Client { ClientId: var id } => db.Clients().AnyAsync(client => client.ClientId == id, cancellationToken),
        RevocationTarget.ConnectionsOf { UserId: var id } => db.Users().AnyAsync(user => user.Id == id, cancellationToken),
        _ => throw new UnreachableException(),
    };
}
