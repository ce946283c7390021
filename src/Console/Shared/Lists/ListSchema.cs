namespace AdminConsole.Shared.Lists;

/// <summary>What a list's address may say. Anything else in a query string is ignored.</summary>
/// <param name="Sorts">The columns that the list can be sorted by.</param>
/// <param name="Filters">Its filters.</param>
public sealed record ListSchema(IReadOnlyList<string> Sorts, params IReadOnlyList<ListFilterField> Filters)
{
    /// <summary>A schema that sorts by every member of an enumeration.</summary>
    public static ListSchema Of<TSort>(params IReadOnlyList<ListFilterField> filters)
        where TSort : struct, Enum => new(Enum.GetNames<TSort>(), filters);
}

/// <summary>One filter of a list.</summary>
/// <param name="Name">Its name in the query string.</param>
/// <param name="Values">What it may be; null when it names something by its identifier.</param>
public sealed record ListFilterField(string Name, IReadOnlyList<string>? Values = null)
{
    private const int LongestIdentifier = 2048;

    /// <summary>A filter whose values are the members of an enumeration.</summary>
    public static ListFilterField Of<TValue>(string name)
        where TValue : struct, Enum => new(name, Enum.GetNames<TValue>());

    /// <summary>The value as this filter spells it, or null when it is none of its values.</summary>
    internal string? Accept(string value) => Values is null
        ? value.Length is > 0 and <= LongestIdentifier ? value : null
        : Values.FirstOrDefault(candidate => candidate.Equals(value, StringComparison.OrdinalIgnoreCase));
}
