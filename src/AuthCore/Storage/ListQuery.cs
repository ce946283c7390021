namespace AuthCore.Storage;

/// <summary>Which part of a list is wanted. Values outside their range are clamped, never refused.</summary>
/// <typeparam name="TSort">The columns that this list can be sorted by.</typeparam>
public record ListQuery<TSort>
    where TSort : struct, Enum
{
    private readonly int _skip;
    private readonly int _take = 25;

    /// <summary>Rows to pass over, at least 0.</summary>
    public int Skip
    {
        get => _skip;
        init => _skip = Math.Max(0, value);
    }

    /// <summary>Rows wanted, 1 to 500.</summary>
    public int Take
    {
        get => _take;
        init => _take = Math.Clamp(value, 1, 500);
    }

    /// <summary>The column to sort by; null leaves the list's own order (newest first).</summary>
    public TSort? SortBy { get; init; }

    /// <summary>Whether the largest comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>Free text; each list's documentation says which columns it looks into.</summary>
    public string? Search { get; init; }
}

/// <summary>One page of a list and how many rows there are in all.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">How many rows there are on all pages, as far as they were counted: 10,000 beyond those that were passed over.</param>
/// <param name="More">There are more than that.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, int Total, bool More = false);
