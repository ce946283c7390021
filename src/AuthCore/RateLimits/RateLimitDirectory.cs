using System.Security.Claims;
using AuthCore.Audit;
using AuthCore.Storage;
using AuthCore.Storage.Sqlite;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.RateLimits;

internal sealed class RateLimitDirectory(
    SqliteDatabase database, OperatorGate gate, AuditTrail audit, LiftedPartitions lifted, IActivityLog activity) : IRateLimitDirectory
{
    public async Task<Page<RateLimitRow>> ListAsync(ClaimsPrincipal caller, RateLimitQuery query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.OpenForReading();
        var grouped = Filter(db.RateLimitHits, query)
            .GroupBy(hit => new { hit.Policy, hit.Partition })
            .Select(hits => new ListedRefusals
            {
                Policy = hits.Key.Policy,
                Partition = hits.Key.Partition,
                Hits = hits.Sum(hit => hit.Hits),
                FirstAt = hits.Min(hit => hit.FirstAt),
                LastAt = hits.Max(hit => hit.LastAt),
            });
        var page = await Sort(grouped, query).Skip(query.Skip).Take(query.Take)
            .Select(listed => new RateLimitRow(
                listed.Policy, listed.Partition, listed.Hits, listed.FirstAt, listed.LastAt,
                db.RateLimitHits.Where(hit => hit.Policy == listed.Policy && hit.Partition == listed.Partition)
                    .OrderByDescending(hit => hit.Minute).Select(hit => hit.LastUserAgent).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return new Page<RateLimitRow>(page, await grouped.CountAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<RateLimitPoint>> SeriesAsync(
        ClaimsPrincipal caller, DateTimeOffset since, TimeSpan span, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        var minutes = Math.Max(1, (long)span.TotalMinutes);
        var from = since.ToUnixTimeSeconds() / 60;
        await using var db = database.OpenForReading();
        var points = await db.RateLimitHits.Where(hit => hit.Minute >= from)
            .GroupBy(hit => new { Start = hit.Minute / minutes, hit.Policy })
            .Select(hits => new { hits.Key.Start, hits.Key.Policy, Hits = hits.Sum(hit => hit.Hits) })
            .OrderBy(point => point.Start).ThenBy(point => point.Policy)
            .ToListAsync(cancellationToken);
        return [.. points.Select(point => new RateLimitPoint(DateTimeOffset.FromUnixTimeSeconds(point.Start * minutes * 60), point.Policy, point.Hits))];
    }

    public async Task<bool> LiftAsync(ClaimsPrincipal caller, string policy, string partition, CancellationToken cancellationToken = default)
    {
        var actor = await gate.RequireAsync(caller, Roles.Operator, cancellationToken);
        await activity.FlushAsync();
        await using var db = database.OpenForReading();
        if (!await db.RateLimitHits.AnyAsync(hit => hit.Policy == policy && hit.Partition == partition, cancellationToken))
        {
            return false;
        }

        await audit.RecordAsync(new AuditEntry("rate_limit.lifted", actor, $"{policy} {partition}"), cancellationToken);
        lifted.Lift(policy, partition);
        await activity.ForgetRefusalsAsync(policy, partition);
        return true;
    }

    private static IQueryable<RateLimitHit> Filter(IQueryable<RateLimitHit> hits, RateLimitQuery query)
    {
        if (query.Policy is { } policy)
        {
            hits = hits.Where(hit => hit.Policy == policy);
        }

        if (query.Since is { } since)
        {
            var minute = since.ToUnixTimeSeconds() / 60;
            hits = hits.Where(hit => hit.Minute >= minute);
        }

        return LikePattern.Containing(query.Search) is { } pattern
            ? hits.Where(hit =>
                EF.Functions.Like(hit.Policy, pattern, LikePattern.Escape) || EF.Functions.Like(hit.Partition, pattern, LikePattern.Escape)
                || EF.Functions.Like(hit.LastUserAgent!, pattern, LikePattern.Escape))
            : hits;
    }

    private static IQueryable<ListedRefusals> Sort(IQueryable<ListedRefusals> refusals, RateLimitQuery query)
    {
        var sorted = query.SortBy is not { } column ? refusals.OrderByDescending(listed => listed.LastAt) : column switch
        {
            RateLimitSort.LastAt => refusals.By(listed => listed.LastAt, query.Descending),
            RateLimitSort.Hits => refusals.By(listed => listed.Hits, query.Descending),
            RateLimitSort.Policy => refusals.By(listed => listed.Policy, query.Descending),
            RateLimitSort.Partition => refusals.By(listed => listed.Partition, query.Descending),
        };
        return sorted.ThenBy(listed => listed.Policy).ThenBy(listed => listed.Partition);
    }

    private sealed class ListedRefusals
    {
        public required string Policy { get; init; }

        public required string Partition { get; init; }

        public required int Hits { get; init; }

        public required DateTimeOffset FirstAt { get; init; }

        public required DateTimeOffset LastAt { get; init; }
    }
}
