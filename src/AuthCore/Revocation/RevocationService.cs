using System.Linq.Expressions;
using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Revocation;

/// <summary>Revokes what operators and owners ask for, in units small enough that nobody else waits long.</summary>
internal sealed class RevocationService(
    IReadDatabase database, IWriteLane lane, RemainingFamilies remaining, OperatorGate gate, TimeProvider time) : IRevocationService
{
    public async Task<RevocationImpact> PreviewAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        await gate.RequireOwnerOrAsync(caller, await OwnerAsync(db, target, cancellationToken), Roles.Viewer, cancellationToken);
        var now = time.GetUtcNow();
        var live = db.Families().Where(Of(target)).Where(family => family.RevokedAt == null && family.ExpiresAt > now);
        return new RevocationImpact(
            await live.CountAsync(cancellationToken),
            await live.Where(family => family.UserId != null).Select(family => family.UserId).Distinct().CountAsync(cancellationToken),
            await live.Select(family => family.ClientId).Distinct().CountAsync(cancellationToken));
    }

    public async Task<RevocationOutcome> RevokeAsync(ClaimsPrincipal caller, RevocationTarget target, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        var owner = await OwnerAsync(db, target, cancellationToken);
        var actor = await gate.RequireOwnerOrAsync(caller, owner, Roles.Operator, cancellationToken);
        if (!await ExistsAsync(db, target, cancellationToken))
        {
            return new RevocationOutcome.NotFound();
        }

        var why = target is RevocationTarget.Client ? RevocationReason.ClientDisabled : actor == owner ? RevocationReason.User : RevocationReason.Operator;
        return await RevokeAllAsync(target, why, actor, cancellationToken);
    }

    public Task<RevocationOutcome> RevokeOwnAsync(AccessGrant grant, CancellationToken cancellationToken = default) =>
        RevokeAllAsync(new RevocationTarget.Family(grant.FamilyId), grant.UserId is null ? RevocationReason.Client : RevocationReason.User, grant.Subject, cancellationToken);

    private Task<RevocationOutcome> RevokeAllAsync(RevocationTarget target, RevocationReason why, string actor, CancellationToken cancellationToken) => target.Match(
        family => RevokeAsync(unit => RevokeOneAsync(unit, family, why, actor), cancellationToken),
        client => DisableAsync(client, actor, cancellationToken),
        user => RevokeAsync(unit => unit.RevokeConnectionsAsync(user.UserId, why, actor), cancellationToken));

    private async Task<RevocationOutcome> RevokeAsync(Func<WriteUnit, Task<int>> some, CancellationToken cancellationToken) =>
        new RevocationOutcome.Revoked(await lane.WriteAllAsync(some, cancellationToken));

    /// <summary>The client is refused from the first commit on; the caller need not wait for the rest.</summary>
    private async Task<RevocationOutcome> DisableAsync(RevocationTarget.Client client, string actor, CancellationToken cancellationToken)
    {
        var revoked = await lane.WriteAsync(unit => unit.DisableClientAsync(client.ClientId, actor), cancellationToken);
        var following = revoked.IsFull ? await remaining.CountAsync(DisabledParty.Client(client.ClientId), cancellationToken) : 0;
        return new RevocationOutcome.Revoked(revoked.FamilyIds.Count, following);
    }

    private static async Task<int> RevokeOneAsync(WriteUnit unit, RevocationTarget.Family family, RevocationReason why, string actor)
    {
        var revoked = await unit.RevokeFamiliesAsync(Of(family), why, actor, Batches.Size);
        foreach (var familyId in revoked)
        {
            unit.Record(new FamilyRevoked(familyId, why, actor));
        }

        return revoked.Count;
    }

    private static Expression<Func<TokenFamily, bool>> Of(RevocationTarget target) => target.Match<Expression<Func<TokenFamily, bool>>>(
        one => family => family.FamilyId == one.FamilyId,
        client => family => family.ClientId == client.ClientId,
        user => family => family.UserId == user.UserId);

    private static Task<string?> OwnerAsync(DbContext db, RevocationTarget target, CancellationToken cancellationToken) => target.Match(
        one => db.Families().Where(family => family.FamilyId == one.FamilyId).Select(family => family.UserId).SingleOrDefaultAsync(cancellationToken),
        client => Task.FromResult<string?>(null),
        user => Task.FromResult<string?>(user.UserId));

    private static Task<bool> ExistsAsync(DbContext db, RevocationTarget target, CancellationToken cancellationToken) => target.Match(
        one => db.Families().AnyAsync(family => family.FamilyId == one.FamilyId, cancellationToken),
        asked => db.Clients().AnyAsync(client => client.ClientId == asked.ClientId, cancellationToken),
        person => db.Users().AnyAsync(user => user.Id == person.UserId, cancellationToken));
}
