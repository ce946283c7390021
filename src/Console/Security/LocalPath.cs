namespace AdminConsole.Security;

/// <summary>
/// A place on this very host: the only answer that the console has to "where does the browser go next". No endpoint redirects to a
/// string that came from outside.
/// </summary>
internal sealed record LocalPath
{
    private const int MaxLength = 16384;

    private LocalPath(string value) => Value = value;

    public static LocalPath Home { get; } = new("/");

    public string Value { get; }

    /// <summary>
    /// The path, or null for anything that a browser could read as another host (<c>//evil</c>, <c>/\evil</c>), that hides a
    /// control character, plainly or percent-encoded, or that is not plain ASCII.
    /// </summary>
    public static LocalPath? From(string? candidate)
    {
        if (candidate is not { Length: > 0 and <= MaxLength } || candidate[0] != '/')
        {
            return null;
        }

        if (candidate.Any(c => c is <= ' ' or >= '\x7f' or '\\'))
        {
            return null;
        }

        var path = candidate.AsSpan(0, candidate.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : candidate.Length);
        var decoded = Uri.UnescapeDataString(path);
        if (decoded.Contains("//", StringComparison.Ordinal) || decoded.Contains('\\'))
        {
            return null;
        }

        return Uri.UnescapeDataString(candidate).Any(char.IsControl) ? null : new LocalPath(candidate);
    }

    /// <summary>A path that this program wrote itself.</summary>
    /// <exception cref="ArgumentException">It is not a local path after all.</exception>
    public static LocalPath Own(string path) =>
        From(path) ?? throw new ArgumentException($"'{path}' is not a path on this host.", nameof(path));

    /// <summary>This path, without a query so far, and one parameter of any content.</summary>
    public LocalPath With(string parameter, string value) => new($"{Value}?{parameter}={Uri.EscapeDataString(value)}");

    /// <summary>303: the browser asks for the page with GET, whatever it sent before (RFC 9110 section 15.4.4).</summary>
    public IResult SeeOther() => new SeeOther(Value);

    public override string ToString() => Value;
}
