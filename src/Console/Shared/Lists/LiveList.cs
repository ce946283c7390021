using AuthCore.Storage;
using AuthCore.Users;

namespace AdminConsole.Shared.Lists;

/// <summary>Where a list's rows come from.</summary>
/// <param name="Name">What the list is called in the log.</param>
/// <param name="Schema">What its address may say.</param>
/// <param name="Topics">What changes it.</param>
/// <param name="KeyOf">What tells its rows apart.</param>
/// <param name="ReadAsync">Reads one page from the database.</param>
public sealed record ListSource<TRow>(
    string Name, ListSchema Schema, ChangeTopics Topics, Func<TRow, string> KeyOf, Func<ListState, CancellationToken, Task<Page<TRow>>> ReadAsync);

/// <summary>Why a list could not be read.</summary>
internal enum ListTrouble
{
    /// <summary>It could be.</summary>
    None,

    /// <summary>The role that it asks for is gone.</summary>
    Denied,

    /// <summary>The database did not answer.</summary>
    Unavailable,
}

/// <summary>
/// A list that follows the database while it is open. Changes that come together are read once; while somebody points at it, works in it or
/// has a row open, no row moves. All members belong to the page's own thread, except what the feed and the timer call.
/// </summary>
internal sealed class LiveList<TRow> : IDisposable
{
    private readonly ListSource<TRow> _source;
    private readonly ILogger _logger;
    private readonly Follower _follower;
    private CancellationTokenSource _reading = new();
    private bool _closed;

    /// <param name="source">Where rows come from.</param>
    /// <param name="feed">What says that they changed.</param>
    /// <param name="clock">For gathering changes.</param>
    /// <param name="logger">For what the page does not tell.</param>
    /// <param name="onPage">Runs work on the page's thread and renders after it.</param>
    public LiveList(ListSource<TRow> source, IChangeFeed feed, TimeProvider clock, ILogger logger, Func<Func<Task>, Task> onPage)
    {
        _source = source;
        _logger = logger;
        _follower = new Follower(feed, source.Topics, clock, () => onPage(FollowAsync));
    }

    /// <summary>What is shown, or being read.</summary>
    public ListState State { get; private set; } = new();

    /// <summary>Null until the first page has been read.</summary>
    public IReadOnlyList<ListRow<TRow>>? Rows { get; private set; }

    /// <summary>Rows in all, on every page, as far as they were counted.</summary>
    public int Total { get; private set; }

    /// <summary>There are more than <see cref="Total"/>.</summary>
    public bool More { get; private set; }

    /// <summary>New rows that are not shown yet, because the list may not move.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether a view that somebody asked for is being read.</summary>
    public bool Loading { get; private set; }

    public ListTrouble Trouble { get; private set; }

    /// <summary>Somebody asked it to stand still.</summary>
    public bool Paused { get; private set; }

    /// <summary>Something changed since it was paused.</summary>
    public bool Behind { get; private set; }

    /// <summary>Somebody is at work in the list: rows must not move.</summary>
    public bool InUse { get; set; }

    /// <summary>Reads and shows a view.</summary>
    public async Task ShowAsync(ListState state)
    {
        State = state;
        Loading = true;
        await ReadAsync(page => Take(page, mayMove: true));
    }

    /// <summary>The same view with another row open, or none: nothing is read.</summary>
    public void Opened(ListState state) => State = state;

    /// <summary>Reads the view again and lets rows move.</summary>
    public Task RenewAsync() => ReadAsync(page => Take(page, mayMove: true));

    public void Pause() => Paused = true;

    public Task ResumeAsync()
    {
        Paused = false;
        return RenewAsync();
    }

    public void Dispose()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        _follower.Dispose();
        _reading.Cancel();
        _reading.Dispose();
    }

    private Task FollowAsync()
    {
        // Each refusal is a line in the audit trail: a list of the trail would follow its own refusals. Somebody who asks again may be let in again.
        if (Trouble is ListTrouble.Denied)
        {
            return Task.CompletedTask;
        }

        if (Paused)
        {
            Behind = true;
            return Task.CompletedTask;
        }

        if (Rows is null || Loading)
        {
            _follower.Again();
            return Task.CompletedTask;
        }

        return ReadAsync(page => Take(page, mayMove: !InUse && State.Open is null));
    }

    private async Task ReadAsync(Action<Page<TRow>> take)
    {
        if (_closed)
        {
            return; // Somebody left the page while something that they did to a row was still being done.
        }

        await _reading.CancelAsync();
        _reading.Dispose();
        var reading = _reading = new CancellationTokenSource();
        try
        {
            var page = await _source.ReadAsync(State, reading.Token);
            if (reading != _reading)
            {
                return;
            }

            take(page);
            Trouble = ListTrouble.None;
        }
        catch (OperationCanceledException) when (reading != _reading || reading.IsCancellationRequested)
        {
            return; // Another view was asked for, or the page was closed.
        }
        catch (AccessDeniedException)
        {
            Trouble = ListTrouble.Denied;
            Rows = [];
        }
        catch (Exception exception) when (_logger.KnowsAsStorageTrouble(exception, _source.Name))
        {
            Trouble = ListTrouble.Unavailable;
        }

        Loading = false;
    }

    private void Take(Page<TRow> page, bool mayMove)
    {
        (Total, More) = (page.Total, page.More);
        Behind = false;
        if (mayMove || Rows is null)
        {
            Rows = RowMerge.Replace(Rows ?? [], page.Rows, _source.KeyOf);
            Waiting = 0;
        }
        else
        {
            Waiting = RowMerge.InPlace(Rows, page.Rows, _source.KeyOf);
            Rows = [.. Rows];
        }
    }
}
