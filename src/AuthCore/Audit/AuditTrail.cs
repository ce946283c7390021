using AuthCore.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.Audit;

/// <summary>Appends to the trail and proves that nothing was taken out of it. Asks nobody's role: <see cref="AuditDirectory"/> is what pages see.</summary>
internal sealed class AuditTrail(IReadDatabase database, IWriteLane lane, IHttpContextAccessor http, ChangeFeed changes)
{
    private const int MaxDetailLength = 500;

    /// <summary>The current request; take it before entering the lane.</summary>
    public AuditSource CurrentSource() => AuditSource.Of(http.HttpContext);

    /// <summary>Appends a line in a transaction of its own.</summary>
    public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        var source = CurrentSource();
        return lane.WriteAsync(
            async unit =>
            {
                await AppendAsync(unit, source, entry);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Appends a line to a unit of work: it is there if and only if what it tells of is.</summary>
    public async Task AppendAsync(WriteUnit unit, AuditSource source, AuditEntry entry)
    {
        var last = await unit.Db.AuditLines().OrderByDescending(line => line.Sequence).Select(line => new { line.Sequence, line.Hash }).FirstOrDefaultAsync();
        var sequence = (last?.Sequence ?? 0) + 1;
        var detail = entry.Detail is { Length: > MaxDetailLength } longer ? longer[..MaxDetailLength] : entry.Detail;
        unit.Db.AuditLines().Add(new AuditLine
        {
            Sequence = sequence,
            At = unit.Now,
            Action = entry.Action,
            Actor = entry.Actor,
            Subject = entry.Subject,
            Detail = detail,
            Address = source.Address,
            CorrelationId = source.CorrelationId,
            Hash = AuditHash.Of(last?.Hash ?? AuditHash.Beginning, sequence, unit.Now, entry.Action, entry.Actor, entry.Subject, detail, source),
        });
        await unit.Db.SaveChangesAsync();
        unit.OnCommitted(() => changes.Publish(ChangeTopics.Audit));
    }

    /// <summary>Reads the whole trail.</summary>
    /// <returns>The first line that does not follow from the one before; null when all do.</returns>
    public async Task<long?> FindBreakAsync(CancellationToken cancellationToken = default)
    {
        await using var db = database.Open();
        var expected = 1L;
        var before = AuditHash.Beginning;
        await foreach (var line in db.AuditLines().OrderBy(line => line.Sequence).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (line.Sequence != expected || !line.Hash.AsSpan().SequenceEqual(AuditHash.Of(before, line)))
            {
                return expected;
            }

            before = line.Hash;
            expected++;
        }

        return null;
    }
}
