namespace AdminConsole.Shared.Lists;

/// <summary>A row on the screen. It stays the same object while what it shows is read again, so that the grid keeps its place and its state.</summary>
public sealed class ListRow<TRow>(string key, TRow value)
{
    /// <summary>What tells it from the others.</summary>
    public string Key { get; } = key;

    /// <summary>What was last read.</summary>
    public TRow Value { get; internal set; } = value;

    /// <summary>It no longer belongs to the list, but stays in sight until the list may move.</summary>
    public bool Gone { get; internal set; }
}

/// <summary>Puts what was read again onto the screen.</summary>
internal static class RowMerge
{
    /// <summary>The rows as they were read, each in the object that already showed it.</summary>
    public static List<ListRow<TRow>> Replace<TRow>(IReadOnlyList<ListRow<TRow>> shown, IReadOnlyList<TRow> fresh, Func<TRow, string> keyOf)
    {
        var known = shown.ToDictionary(row => row.Key, StringComparer.Ordinal);
        return [.. fresh.Select(value => Renew(known.GetValueOrDefault(keyOf(value)), keyOf(value), value))];
    }

    /// <summary>No row moves: values are renewed in place, what is gone is marked, and what is new waits.</summary>
    /// <returns>How many rows wait.</returns>
    public static int InPlace<TRow>(IReadOnlyList<ListRow<TRow>> shown, IReadOnlyList<TRow> fresh, Func<TRow, string> keyOf)
    {
        var read = fresh.ToDictionary(keyOf, StringComparer.Ordinal);
        var waiting = read.Keys.Except(shown.Select(row => row.Key), StringComparer.Ordinal).Count();
        for (var place = 0; place < shown.Count; place++)
        {
            if (read.TryGetValue(shown[place].Key, out var value))
            {
                Renew(shown[place], shown[place].Key, value);
            }
            else
            {
                shown[place].Gone = place < shown.Count - waiting; // The last ones may only have been pushed to the next page.
            }
        }

        return waiting;
    }

    private static ListRow<TRow> Renew<TRow>(ListRow<TRow>? row, string key, TRow value)
    {
        row ??= new ListRow<TRow>(key, value);
        row.Value = value;
        row.Gone = false;
        return row;
    }
}
