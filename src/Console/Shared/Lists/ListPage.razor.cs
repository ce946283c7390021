using System.Globalization;
using AuthCore.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Radzen;
using Radzen.Blazor;

namespace AdminConsole.Shared.Lists;

/// <summary>A page that lists things: search, filters, sorting, paging, live rows, and an address for every view of it.</summary>
public sealed partial class ListPage<TRow> : IDisposable
{
    private static readonly TimeSpan SearchDelay = TimeSpan.FromMilliseconds(300);

    private readonly List<(string Column, string Title)> _sorts = [];
    private RadzenDataGrid<ListRow<TRow>>? _grid;
    private LiveList<TRow>? _list;
    private ITimer? _search;
    private string _typed = "";
    private bool _pointed;
    private bool _focused;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What one row is called, and several: "connection", "connections".</summary>
    [Parameter, EditorRequired]
    public (string One, string Many) Noun { get; set; }

    [Parameter, EditorRequired]
    public ListSource<TRow> Source { get; set; } = default!;

    /// <summary>What a row is called by assistive technology: "Claude Code for ana@example.org".</summary>
    [Parameter, EditorRequired]
    public Func<TRow, string> NameOf { get; set; } = default!;

    [Parameter, EditorRequired]
    public RenderFragment Columns { get; set; } = default!;

    [Parameter]
    public RenderFragment? Lede { get; set; }

    /// <summary>Buttons beside the title.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Between the title and the list: a chart.</summary>
    [Parameter]
    public RenderFragment? Above { get; set; }

    [Parameter]
    public RenderFragment<ListPage<TRow>>? Filters { get; set; }

    /// <summary>What a row shows when it is open.</summary>
    [Parameter]
    public RenderFragment<TRow>? Detail { get; set; }

    /// <summary>What is shown while the unfiltered list has no row.</summary>
    [Parameter, EditorRequired]
    public RenderFragment Empty { get; set; } = default!;

    /// <summary>What the search looks into.</summary>
    [Parameter, EditorRequired]
    public string SearchHint { get; set; } = "";

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IChangeFeed Feed { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<ListPage<TRow>> Logger { get; set; } = default!;

    /// <summary>What the address asks for.</summary>
    public ListState State { get; private set; } = new();

    private string Path => new Uri(Navigation.Uri).AbsolutePath;

    private int LastPage => Math.Max(1, (_list!.Total + State.Size - 1) / State.Size);

    private string Count => _list?.Rows is null ? _list?.Trouble is null or ListTrouble.None ? "Reading…" : "" : _list.Total switch
    {
        0 => $"No {Noun.Many}",
        1 => $"1 {Noun.One}",
        var n => string.Create(CultureInfo.InvariantCulture, $"{n:N0}{(_list.More ? "+" : "")} {Noun.Many}"),
    };

    /// <summary>Leads to another view of this list.</summary>
    /// <param name="state">Which.</param>
    /// <param name="replace">Whether the back button skips the present one.</param>
    public void Go(ListState state, bool replace = false) => Navigation.NavigateTo(Path + state.ToQuery(), new NavigationOptions { ReplaceHistoryEntry = replace });

    /// <summary>Reads the rows again, after something was done to one of them.</summary>
    public async Task RenewAsync()
    {
        if (_list is not null)
        {
            await _list.RenewAsync();
        }

        StateHasChanged();
    }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _search?.Dispose();
        _list?.Dispose();
    }

    internal SortOrder? OrderOf(string column) => State.Sort != column ? null : State.Descending ? SortOrder.Descending : SortOrder.Ascending;

    /// <summary>Offers a column in the sort list, which narrow windows show instead of headers.</summary>
    internal void OfferSort(string column, string title) => _sorts.Add((column, title));

    internal bool IsOpen(ListRow<TRow> row) => State.Open == row.Key;

    internal void Toggle(ListRow<TRow> row) => Go(State with { Open = IsOpen(row) ? null : row.Key }, replace: true);

    protected override void OnInitialized()
    {
        State = ReadAddress();
        _typed = State.Search;
        _search = Clock.CreateTimer(state => _ = InvokeAsync(Search), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_list?.Rows is null || _grid is null)
        {
            return;
        }

        // The grid keeps which row is open; the address says which one should be.
        foreach (var row in _list.Rows.Where(row => _grid.IsRowExpanded(row) != IsOpen(row)).OrderBy(IsOpen))
        {
            await _grid.ExpandRow(row);
        }
    }

    private ListState ReadAddress() => ListState.Parse(new Uri(Navigation.Uri).Query, Source.Schema);

    // The grid asks for rows once it is on a live page; from then on the address decides what is read.
    private async Task OnLoadDataAsync(LoadDataArgs _)
    {
        if (_list is not null)
        {
            return;
        }

        _list = new LiveList<TRow>(Source, Feed, Clock, Logger, OnPageAsync);
        await ShowAsync();
    }

    private Task OnPageAsync(Func<Task> work) => InvokeAsync(async () =>
    {
        try
        {
            await work();
            StateHasChanged();
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task ShowAsync()
    {
        await _list!.ShowAsync(State);
        if (_list.Trouble is ListTrouble.None && !_list.Loading && State.Page > LastPage)
        {
            Go(State with { Page = LastPage }, replace: true);
        }

        StateHasChanged();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (new Uri(change.Location).AbsolutePath != Path || ReadAddress() is var next && next.ToQuery() == State.ToQuery())
        {
            return;
        }

        var onlyOpens = (next with { Open = null }).ToQuery() == (State with { Open = null }).ToQuery();
        if (next.Search != State.Search)
        {
            _typed = next.Search;
        }

        State = next;
        if (_list is not null)
        {
            _ = OnPageAsync(onlyOpens ? OpenAsync : ShowAsync);
        }
    }

    private Task OpenAsync()
    {
        _list!.Opened(State);
        return Task.CompletedTask;
    }

    private void OnTyped(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        _search!.Change(SearchDelay, Timeout.InfiniteTimeSpan);
    }

    private void Search() => Go(State with { Search = _typed.Trim(), Page = 1, Open = null }, replace: true);

    private void OnSort(DataGridColumnSortEventArgs<ListRow<TRow>> sort) => Go(State with
    {
        Sort = sort.SortOrder is null ? null : sort.Column?.UniqueID,
        Descending = sort.SortOrder is SortOrder.Descending,
        Page = 1,
    });

    private Task TogglePauseAsync()
    {
        if (_list!.Paused)
        {
            return _list.ResumeAsync();
        }

        _list.Pause();
        return Task.CompletedTask;
    }

    private Task OnPointerAsync(bool inside) => OnUseAsync(inside, _focused);

    private Task OnFocusAsync(bool inside) => OnUseAsync(_pointed, inside);

    private async Task OnUseAsync(bool pointedNow, bool focusedNow)
    {
        (_pointed, _focused) = (pointedNow, focusedNow);
        if (_list is null)
        {
            return;
        }

        _list.InUse = _pointed || _focused;
        if (!_list.InUse && _list.Waiting > 0 && State.Open is null)
        {
            await _list.RenewAsync();
        }
    }

    private static void MarkGone(RowRenderEventArgs<ListRow<TRow>> row)
    {
        if (row.Data is { Gone: true })
        {
            row.Attributes["data-gone"] = "true";
        }
    }
}
