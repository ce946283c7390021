namespace AuthCore.Protocol;

/// <summary>
/// The parameters of a query or a form post (RFC 6749 §3.1, §3.2), read without refusing anything: what is wrong is noted, and the endpoint decides how, and where,
/// that is answered. An empty one counts as left out, and none may appear twice except <c>resource</c> (RFC 8707 §2).
/// </summary>
internal sealed class RequestParameters
{
    /// <summary>The longest name that is not noted, in bytes before decoding.</summary>
    public const int MaxNameLength = 256;

    private const string Repeatable = "resource";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private HashSet<string>? _repeated;
    private List<string>? _resources;

    private RequestParameters()
    {
    }

    /// <summary>Every value of the only parameter that may be repeated.</summary>
    public IReadOnlyList<string> Resources => _resources ?? [];

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public ParameterProblem? FirstProblem { get; private set; }

    /// <summary>Whether something was not properly percent-encoded UTF-8.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Whether any parameter came twice.</summary>
    public bool HasRepeated => _repeated is not null;

    /// <summary>The value of a parameter, never empty, the first when it came twice; null when it was left out.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool IsRepeated(string name) => _repeated?.Contains(name) == true;

    /// <summary>Parses an encoded form, or a query without its question mark.</summary>
    /// <param name="encoded">Bounded by its reader.</param>
    /// <param name="most">The most parameters that are looked at; one more is noted, and nothing after it is read.</param>
    public static RequestParameters Parse(ReadOnlySpan<byte> encoded, int most = int.MaxValue)
    {
        var parameters = new RequestParameters();
        var count = 0;
        foreach (var range in encoded.Split((byte)'&'))
        {
            var pair = encoded[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (++count > most)
            {
                parameters.FirstProblem ??= ParameterProblem.TooMany;
                break;
            }

            var problem = parameters.Add(pair);
            parameters.FirstProblem ??= problem;
        }

        return parameters;
    }

    private ParameterProblem? Add(ReadOnlySpan<byte> pair)
    {
        var equals = pair.IndexOf((byte)'=');
        var encodedName = equals < 0 ? pair : pair[..equals];
        ParameterProblem? tooLong = encodedName.Length > MaxNameLength ? ParameterProblem.NameTooLong : null;
        if (!FormEncoding.TryDecode(encodedName, out var name) || !FormEncoding.TryDecode(equals < 0 ? [] : pair[(equals + 1)..], out var value))
        {
            IsMalformed = true;
            return tooLong ?? ParameterProblem.Malformed;
        }

        if (value.Length == 0)
        {
            return tooLong;
        }

        if (name == Repeatable)
        {
            (_resources ??= []).Add(value);
            return tooLong;
        }

        if (_values.TryAdd(name, value))
        {
            return tooLong;
        }

        (_repeated ??= new(StringComparer.Ordinal)).Add(name);
        return tooLong ?? ParameterProblem.Repeated;
    }
}

/// <summary>What can be wrong with the parameters of a request, whatever they say.</summary>
internal enum ParameterProblem
{
    /// <summary>There are more than are looked at.</summary>
    TooMany,

    /// <summary>A name is longer than any that is known.</summary>
    NameTooLong,

    /// <summary>One is not properly percent-encoded UTF-8.</summary>
    Malformed,

    /// <summary>One came twice.</summary>
    Repeated,
}
