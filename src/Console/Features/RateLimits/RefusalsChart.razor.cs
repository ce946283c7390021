using System.Globalization;
using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.RateLimits;
using AuthCore.Storage;
using AuthCore.Users;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.RateLimits;

public sealed partial class RefusalsChart : IDisposable
{
    private RefusalColumns? _columns;
    private Follower? _follower;
    private string? _trouble;
    private (TimeSpan, TimeSpan) _readFor;

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

    [Inject]
    internal ILogger<RefusalsChart> Logger { get; set; } = default!;

    public void Dispose() => _follower?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_follower is not null && _readFor != (Since, Span))
        {
            await ReadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _follower = new Follower(Feed, ChangeTopics.Activity, Clock, () => InvokeAsync(ReadAsync));
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _readFor = (Since, Span);
        try
        {
            var now = Clock.GetUtcNow();
            _columns = new RefusalColumns(await RateLimits.SeriesAsync(await CallerAsync(), now - Since, Span), now - Since, now, Span);
            _trouble = null;
        }
        catch (AccessDeniedException)
        {
            _follower?.Dispose();
            (_columns, _trouble) = (null, "Your role no longer allows this.");
        }
        catch (Exception exception) when (Logger.KnowsAsStorageTrouble(exception, "refusals over time"))
        {
            _trouble = "The database did not answer: this chart may be old.";
        }

        StateHasChanged();
    }

    private string Height(int hits) => string.Create(CultureInfo.InvariantCulture, $"height:{100.0 * hits / _columns!.Top:0.##}%");

    private static string Tip(RefusalColumn column) => column.Hits.Count == 0
        ? $"{column.Label} UTC: none"
        : $"{column.Label} UTC: {string.Join(", ", column.Hits.Select(part => $"{part.Hits} {part.Policy}"))}";
}
