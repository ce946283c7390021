namespace AuthCore.Storage;

/// <summary>Turns the text of a search box into a pattern for <c>LIKE</c> in which nothing but the ends is a wildcard.</summary>
internal static class LikePattern
{
    /// <summary>The escape character, to be named in every <c>LIKE</c>.</summary>
    public const string Escape = "\\";

    private const int MaxLength = 100;

    /// <summary>Null when nothing is searched for.</summary>
    public static string? Containing(string? search)
    {
        var bounded = Bounded(search);
        return bounded is null ? null : "%" + bounded.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
    }

    /// <summary>What is searched for: trimmed, of a length that can be searched for; null when nothing is.</summary>
    public static string? Bounded(string? search)
    {
        var text = search?.Trim();
        return string.IsNullOrEmpty(text) ? null : text.Length > MaxLength ? text[..MaxLength] : text;
    }
}
