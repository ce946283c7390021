using System.Data.Common;
using System.Globalization;
using AdminConsole.Shared.Lists;
using AuthCore.RateLimits;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.RateLimits;

/// <summary>One column of the chart.</summary>
public sealed record RefusalSpan(DateTimeOffset From, string Category, int Hits);

public sealed partial class RefusalsChart : IDisposable
{
    private IReadOnlyList<(string Policy, IReadOnlyList<RefusalSpan> Spans)> series = [];
    private Follower? follower;
    private string? trouble;
    private (TimeSpan, TimeSpan) readFor;

    /// <summary>How far back.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Since { get; set; }

    /// <summary>How much time one column holds.</summary>
    [Parameter, EditorRequired]
    public TimeSpan Span { get; set; }

    /// <summary>The time in words: "in the last hour".</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Inject]
    internal IRateLimitDirectory RateLimits { get; set; } = default!;

    [Inject]
    internal IChangeFeed Feed { get; set; } = default!;

    [Inject]
    internal TimeProvider Clock { get; set; } = default!;

    private int Total => series.Sum(one => one.Spans.Sum(span => span.Hits));

    public void Dispose() => follower?.Dispose();

    internal static IReadOnlyList<(string Policy, IReadOnlyList<RefusalSpan> Spans)> Spread(
        IReadOnlyList<RateLimitPoint> points, DateTimeOffset since, DateTimeOffset now, TimeSpan span)
    {
        // Every series has every span, so that columns stack on the right time.
        var first = since.UtcTicks - (since.UtcTicks % span.Ticks);
        DateTimeOffset[] starts = [.. Enumerable.Range(0, (int)((now.UtcTicks - first) / span.Ticks) + 1).Select(n => new DateTimeOffset(first + (n * span.Ticks), TimeSpan.Zero))];
        var format = span >= TimeSpan.FromHours(1) ? "MMM d HH:mm" : "HH:mm";
        return [.. points.GroupBy(point => point.Policy).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, Fill(group)))];

        IReadOnlyList<RefusalSpan> Fill(IEnumerable<RateLimitPoint> own)
        {
            var hits = own.GroupBy(point => (point.From.UtcTicks - first) / span.Ticks).ToDictionary(group => group.Key, group => group.Sum(point => point.Hits));
            return [.. starts.Select((from, n) => new RefusalSpan(from, from.UtcDateTime.ToString(format, CultureInfo.InvariantCulture), hits.GetValueOrDefault(n)))];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (follower is not null && readFor != (Since, Span))
            await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        follower = new Follower(Feed, ChangeTopics.Activity, Clock, () => InvokeAsync(ReadAsync));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        readFor = (Since, Span);
        try
        {
            var now = Clock.GetUtcNow();
            series = Spread(await RateLimits.SeriesAsync(await CallerAsync(), now - Since, Span), now - Since, now, Span);
            trouble = null;
        }
        catch (AccessDeniedException)
        {
            (series, trouble) = ([], "Your role no longer allows this.");
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            trouble = "The database did not answer: this chart may be old.";
        }

        StateHasChanged();
    }

    private static string AxisText(object category) => category as string ?? "";
}
