using System.Collections.Immutable;
using System.Globalization;
using AuthCore.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminConsole.Shared.Lists;

/// <summary>
/// Which part of a list is on the screen. The query string is where it lives, so that every view has an address, and the browser's back
/// button leads to the view before.
/// </summary>
public sealed record ListState
{
    private const int LastPage = 1_000_000;
    private const int LongestSearch = 200;

    /// <summary>The page sizes to choose from; the first is the usual one.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [25, 50, 100];

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Rows a page, one of <see cref="Sizes"/>.</summary>
    public int Size { get; init; } = Sizes[0];

    /// <summary>Free text.</summary>
    public string Search { get; init; } = "";

    /// <summary>The column to sort by; null for the list's own order.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether the largest comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>The filters that are set, by name.</summary>
    public ImmutableSortedDictionary<string, string> Filters { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The key of the row that is open.</summary>
    public string? Open { get; init; }

    /// <summary>Whether anything narrows the list.</summary>
    public bool IsNarrowed => Search.Length > 0 || Filters.Count > 0;

    /// <summary>Reads a query string, taking from it only what the schema allows, and each number within its range.</summary>
    public static ListState Parse(string query, ListSchema schema)
    {
        var values = QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var search = values.GetValueOrDefault("q", "").Trim();
        return new ListState
        {
            Page = Math.Clamp(Number(values.GetValueOrDefault("page"), 1), 1, LastPage),
            Size = Number(values.GetValueOrDefault("size"), 0) is var size && Sizes.Contains(size) ? size : Sizes[0],
            Search = search.Length <= LongestSearch ? search : search[..LongestSearch],
            Filters = Accepted(values, schema),
            Open = values.GetValueOrDefault("open") is { Length: > 0 and <= LongestSearch } open ? open : null,
        }.SortedBy(values.GetValueOrDefault("sort"), schema);
    }

    /// <summary>The sorting as the query string spells it: the column, with a minus when the largest comes first.</summary>
    public string? SortParameter => Sort is null ? null : (Descending ? "-" : "") + Sort;

    /// <summary>The same list sorted as a <see cref="SortParameter"/> says.</summary>
    public ListState SortedBy(string? parameter, ListSchema schema)
    {
        var column = schema.Sorts.FirstOrDefault(candidate => candidate.Equals(parameter?.TrimStart('-'), StringComparison.OrdinalIgnoreCase));
        return this with { Sort = column, Descending = column is not null && parameter!.StartsWith('-') };
    }

    /// <summary>The query string that <see cref="Parse"/> reads back: with its question mark, or empty for the plain list.</summary>
    public string ToQuery()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["q"] = Search.Length > 0 ? Search : null,
            ["sort"] = SortParameter,
            ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
            ["size"] = Size != Sizes[0] ? Size.ToString(CultureInfo.InvariantCulture) : null,
            ["open"] = Open,
        };
        foreach (var (name, value) in Filters)
        {
            values[name] = value;
        }

        return QueryHelpers.AddQueryString("", values.Where(pair => pair.Value is not null));
    }

    /// <summary>The same list with one filter set, or removed, from its first page.</summary>
    public ListState With(string filter, string? value) => this with
    {
        Page = 1,
        Open = null,
        Filters = string.IsNullOrEmpty(value) ? Filters.Remove(filter) : Filters.SetItem(filter, value),
    };

    /// <summary>A filter's value, or null.</summary>
    public string? Filter(string name) => Filters.GetValueOrDefault(name);

    /// <summary>A filter's value as a member of an enumeration, or null.</summary>
    public TValue? Filter<TValue>(string name)
        where TValue : struct, Enum => Enum.TryParse<TValue>(Filter(name), out var value) ? value : null;

    /// <summary>Puts paging, sorting and search into a directory's query.</summary>
    internal TQuery Into<TQuery, TSort>(TQuery query)
        where TQuery : ListQuery<TSort>
        where TSort : struct, Enum => (TQuery)(query with
        {
            Skip = (Page - 1) * Size,
            Take = Size,
            SortBy = Enum.TryParse<TSort>(Sort, out var sort) ? sort : null,
            Descending = Descending,
            Search = Search.Length > 0 ? Search : null,
        });

    private static ImmutableSortedDictionary<string, string> Accepted(Dictionary<string, string> values, ListSchema schema) => schema.Filters
        .Select(field => (field.Name, Value: values.TryGetValue(field.Name, out var value) ? field.Accept(value) : null))
        .Where(pair => pair.Value is not null)
        .ToImmutableSortedDictionary(pair => pair.Name, pair => pair.Value!, StringComparer.Ordinal);

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
