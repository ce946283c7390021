using System.Security.Claims;
using AuthCore.Storage;
using AuthCore.Storage.Facts;
using AuthCore.Telemetry;
using AuthCore.Users;
using Microsoft.EntityFrameworkCore;

namespace AuthCore.RateLimits;

internal sealed class RateLimitDirectory(
    IReadDatabase database, OperatorGate gate, IWriteLane lane, LiftedPartitions lifted, IActivityLog activity) : IRateLimitDirectory
{
    public async Task<Page<RateLimitRow>> ListAsync(ClaimsPrincipal caller, RateLimitQuery query, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        await using var db = database.Open();
        var grouped = Filter(db.RateLimitHits(), query)
            .GroupBy(hit => new { hit.Policy, hit.Partition })
            .Select(hits => new ListedRefusals
            {
                Policy = hits.Key.Policy,
                Partition = hits.Key.Partition,
                Hits = hits.Sum(hit => hit.Hits),
                FirstAt = hits.Min(hit => hit.FirstAt),
                LastAt = hits.Max(hit => hit.LastAt),
            });
        var page = await Sort(grouped, query).Skip(query.Skip).Take(query.Take).ToListAsync(cancellationToken);
        var agents = await LastUserAgentsAsync(db, page, cancellationToken);
        var rows = page.Select(listed => new RateLimitRow(
            listed.Policy, listed.Partition, listed.Hits, listed.FirstAt, listed.LastAt, agents.GetValueOrDefault((listed.Policy, listed.Partition))));
        return new Page<RateLimitRow>([.. rows], await grouped.CountAsync(cancellationToken));
    }

    public async Task<IReadOnlyList<RateLimitPoint>> SeriesAsync(
        ClaimsPrincipal caller, DateTimeOffset since, TimeSpan span, CancellationToken cancellationToken = default)
    {
        await gate.RequireAsync(caller, Roles.Viewer, cancellationToken);
        var minutes = Math.Max(1, (long)span.TotalMinutes);
        var from = since.ToUnixTimeSeconds() / 60;
        await using var db = database.Open();
        var points = await db.RateLimitHits().Where(hit => hit.Minute >= from)
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
        await using var db = database.Open();
        if (!await db.RateLimitHits().AnyAsync(hit => hit.Policy == policy && hit.Partition == partition, cancellationToken))
        {
            return false;
        }

        await lane.RecordAsync(new RateLimitLifted(policy, partition, actor), cancellationToken);
        lifted.Lift(policy, partition);
        await activity.ForgetRefusalsAsync(policy, partition);
        return true;
    }

    /// <summary>Asked for by itself: not every database lets a subquery look at an aggregate of the query around it.</summary>
    private static async Task<Dictionary<(string Policy, string Partition), string?>> LastUserAgentsAsync(
        DbContext db, List<ListedRefusals> page, CancellationToken cancellationToken)
    {
        var partitions = page.Select(listed => listed.Partition).Distinct().ToArray();
        var times = page.Select(listed => listed.LastAt).Distinct().ToArray();
        var hits = await db.RateLimitHits().Where(hit => partitions.Contains(hit.Partition) && times.Contains(hit.LastAt))
            .Select(hit => new { hit.Policy, hit.Partition, hit.LastAt, hit.LastUserAgent })
            .ToListAsync(cancellationToken);
        return hits.GroupBy(hit => (hit.Policy, hit.Partition)).ToDictionary(group => group.Key, group => group.MaxBy(hit => hit.LastAt)!.LastUserAgent);
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
