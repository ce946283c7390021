using System.Globalization;
using AuthCore.RateLimits;

namespace AdminConsole.Features.RateLimits;

/// <summary>One column of the chart.</summary>
/// <param name="From">When its time begins.</param>
/// <param name="Label">That time, short, in UTC.</param>
/// <param name="Hits">Refusals by limit, in the order that they are stacked, without zeros.</param>
internal sealed record RefusalColumn(DateTimeOffset From, string Label, IReadOnlyList<(string Policy, int Hits)> Hits);

/// <summary>Refusals spread over columns of equal time, the empty ones too.</summary>
internal sealed class RefusalColumns
{
    private const int Labels = 6;
    private static readonly int[] Steps = [1, 2, 5, 10];

    public RefusalColumns(IReadOnlyList<RateLimitPoint> points, DateTimeOffset since, DateTimeOffset now, TimeSpan span)
    {
        var first = since.UtcTicks - (since.UtcTicks % span.Ticks);
        var count = (int)((now.UtcTicks - first) / span.Ticks) + 1;
        var format = span * count > TimeSpan.FromDays(2) ? "MMM d" : "HH:mm";
        var byColumn = points.ToLookup(point => (point.From.UtcTicks - first) / span.Ticks);

        Policies = [.. points.GroupBy(point => point.Policy).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(point => point.Hits)))];
        Spans = [.. Enumerable.Range(0, count).Select(n => new DateTimeOffset(first + (n * span.Ticks), TimeSpan.Zero)).Select((from, n) => new RefusalColumn(
            from,
            from.ToString(format, CultureInfo.InvariantCulture),
            [.. byColumn[n].GroupBy(point => point.Policy).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Sum(point => point.Hits)))]))];
        Top = RoundUp(Spans.Max(column => column.Hits.Sum(part => part.Hits)));
        LabelEvery = Math.Max(1, (count + Labels - 1) / Labels);
    }

    /// <summary>The limits that refused anything, by name, with how often.</summary>
    public IReadOnlyList<(string Policy, int Hits)> Policies { get; }

    /// <summary>The columns, oldest first.</summary>
    public IReadOnlyList<RefusalColumn> Spans { get; }

    /// <summary>What the chart's upper edge stands for: 1, 2 or 5 times a power of ten.</summary>
    public int Top { get; }

    /// <summary>Every how many columns there is room for a label.</summary>
    public int LabelEvery { get; }

    public int Total => Policies.Sum(policy => policy.Hits);

    private static int RoundUp(int largest)
    {
        var power = 1;
        while (power * 10 < largest)
        {
            power *= 10;
        }

        return Steps.Select(step => step * power).First(edge => edge >= largest);
    }
}
