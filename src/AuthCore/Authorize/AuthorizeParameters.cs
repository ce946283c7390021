using System.Text;
using AuthCore.Protocol;

namespace AuthCore.Authorize;

/// <summary>
/// The parameters of an authorization request, read without yet refusing anything: whether a mistake is answered at the client or on a page
/// here depends on which one it is.
/// </summary>
internal sealed class AuthorizeParameters
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);
    private readonly List<string> _resources = [];

    /// <summary>Every <c>resource</c> (RFC 8707 §2 allows several).</summary>
    public IReadOnlyList<string> Resources => _resources;

    /// <summary>Whether something was not properly percent-encoded UTF-8.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Whether any parameter came twice (RFC 6749 §3.1).</summary>
    public bool HasRepeated => _repeated.Count > 0;

    /// <summary>The value, never empty; null when it was left out.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool IsRepeated(string name) => _repeated.Contains(name);

    /// <summary>Parses a query (without its question mark) or a form body.</summary>
    public static AuthorizeParameters Parse(string encoded)
    {
        var parameters = new AuthorizeParameters();
        foreach (var pair in encoded.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            parameters.Add(pair);
        }

        return parameters;
    }

    private void Add(string pair)
    {
        var (encodedName, encodedValue) = pair.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0 ? (pair[..equals], pair[(equals + 1)..]) : (pair, "");
        if (!FormEncoding.TryDecode(Encoding.UTF8.GetBytes(encodedName), out var name) || !FormEncoding.TryDecode(Encoding.UTF8.GetBytes(encodedValue), out var value))
        {
            IsMalformed = true;
        }
        else if (value.Length == 0)
        {
            // RFC 6749 §3.1: a parameter without a value counts as left out.
        }
        else if (name == "resource")
        {
            _resources.Add(value);
        }
        else if (!_values.TryAdd(name, value))
        {
            _repeated.Add(name);
        }
    }
}
