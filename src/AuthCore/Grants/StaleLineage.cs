using AuthCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Grants;

/// <summary>
/// Purges lines of lineages by their age. What still has something to tell goes with its family only: every line of a family of which something was used twice, and what
/// was written since a family last got tokens. Each line is looked at once, on a reading connection: the lane has to do with those that go.
/// </summary>
internal sealed class StaleLineage(
    IReadDatabase database, IWriteLane lane, IOptions<TokenOptions> options, TimeProvider time, ILogger<StaleLineage> logger) : ICleanup
{
    private Line _last = new(0, DateTimeOffset.UnixEpoch, Goes: false);

    public string What => "FamilyGenerations";

    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.LineageRetention;
        var purged = 0;
        for (var lines = await NextAsync(before, cancellationToken); lines.Length > 0; lines = await NextAsync(before, cancellationToken))
        {
            var going = lines.Where(line => line.Goes).Select(line => line.Id).ToArray();
            if (going.Length > 0)
            {
                purged += await lane.WriteAsync(unit => unit.Db.Generations().Where(line => going.Contains(line.Id)).ExecuteDeleteAsync(), cancellationToken);
            }

            _last = lines[^1];
        }

        if (purged > 0)
        {
            Storage.Log.CleanedUp(logger, purged, What);
        }
    }

    private async Task<Line[]> NextAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (lastId, lastAt) = (_last.Id, _last.At);
        await using var db = database.Open();
        return await db.Generations()
            .Where(line => line.At < before && line.At >= lastAt && (line.At > lastAt || line.Id > lastId))
            .Join(db.Families(), line => line.FamilyId, family => family.FamilyId, (line, family) => new { line.Id, line.At, family.ReuseMarks, family.RotatedAt })
            .OrderBy(line => line.At).ThenBy(line => line.Id).Take(Batches.Size)
            .Select(line => new Line(line.Id, line.At, line.ReuseMarks == 0 && line.At < line.RotatedAt))
            .ToArrayAsync(cancellationToken);
    }

    /// <param name="Id">Which.</param>
    /// <param name="At">When it was written.</param>
    /// <param name="Goes">Whether its age alone decides.</param>
    private sealed record Line(long Id, DateTimeOffset At, bool Goes);
}
