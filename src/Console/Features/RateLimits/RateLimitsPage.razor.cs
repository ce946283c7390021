using AdminConsole.Shared;
using AdminConsole.Shared.Lists;
using AuthCore.Protocol;
using AuthCore.RateLimits;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;

namespace AdminConsole.Features.RateLimits;

public sealed partial class RateLimitsPage
{
    private static readonly (string, string)[] Ranges = [("hour", "Last hour"), ("week", "Last 7 days")];

    private static readonly (string, string)[] Limits = [.. LimitWords.All.Select(limit => (limit, limit))];

    private ListPage<RateLimitRow> _page = default!;
    private (TimeSpan Since, TimeSpan Span, string Label) _range = RangeOf(null);

    [Inject]
    internal IRateLimitDirectory RateLimits { get; set; } = default!;

    [Inject]
    internal ConsoleAction Action { get; set; } = default!;

    [Inject]
    internal TimeProvider Clock { get; set; } = default!;

    private ListSource<RateLimitRow> Source => field ??= new(
        "rate limits",
        ListSchema.Of<RateLimitSort>(new("range", ["hour", "week"]), new("limit", LimitWords.All)),
        ChangeTopics.Activity,
        row => $"{row.Policy} {row.Partition}",
        ReadAsync);

    private async Task<Page<RateLimitRow>> ReadAsync(ListState state, CancellationToken cancellationToken)
    {
        var wanted = RangeOf(state.Filter("range"));
        if (wanted != _range)
        {
            _range = wanted;
            StateHasChanged();
        }

        return await RateLimits.ListAsync(
            await CallerAsync(),
            state.Into<RateLimitQuery, RateLimitSort>(new RateLimitQuery { Policy = state.Filter("limit"), Since = Clock.GetUtcNow() - _range.Since }),
            cancellationToken);
    }

    private async Task LiftAsync(RateLimitRow refusal)
    {
        await Action.RunAsync(async () => await RateLimits.LiftAsync(await CallerAsync(), refusal.Policy, refusal.Partition)
            ? ConsoleNotes.Done("Lifted", $"{Who(refusal)} starts with a fresh allowance at “{refusal.Policy}”.")
            : ConsoleNotes.Info("Nothing to lift", "It had already been lifted, or its time had passed."));
        await _page.RenewAsync();
    }

    private static (TimeSpan Since, TimeSpan Span, string Label) RangeOf(string? name) => name switch
    {
        "hour" => (TimeSpan.FromHours(1), TimeSpan.FromMinutes(2), "in the last hour"),
        "week" => (TimeSpan.FromDays(7), TimeSpan.FromHours(6), "in the last 7 days"),
        _ => (TimeSpan.FromDays(1), TimeSpan.FromMinutes(30), "in the last 24 hours"),
    };

    private static string Name(RateLimitRow refusal) => $"{refusal.Policy} for {Who(refusal)}";

    private static string Who(RateLimitRow refusal) => UntrustedText.Clean(refusal.Partition, 120).OrNone();
}
