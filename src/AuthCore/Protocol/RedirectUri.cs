using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace AuthCore.Protocol;

/// <summary>
/// A redirect URI as a client wrote it. Compared character by character (RFC 9700 §4.1.3); only the port of an http loopback address may
/// differ (RFC 8252 §7.3, extended to <c>localhost</c>, which real clients use). Never normalised: what is parsed is what is compared.
/// </summary>
internal sealed class RedirectUri
{
    /// <summary>The longest that is accepted, in characters.</summary>
    public const int MaxLength = 2048;

    private const string Hierarchical = "://";

    private RedirectUri(string value, string scheme, string host, int? port, string rest)
    {
        Value = value;
        Scheme = scheme;
        Host = host;
        Port = port;
        Rest = rest;
    }

    /// <summary>Exactly what the client wrote.</summary>
    public string Value { get; }

    /// <summary>Whether any program on the user's computer could be listening there.</summary>
    public bool IsLoopback => IsWeb && IsLoopbackHost(Host);

    /// <summary>Whether it is a private-use scheme (RFC 8252 §7.1) rather than http or https.</summary>
    public bool IsPrivateUse => !IsWeb;

    /// <summary>What a person is shown: host with port, or the private-use scheme.</summary>
    public string Display =>
        IsPrivateUse ? Scheme + ":" : Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}") : Host;

    private string Scheme { get; }

    private string Host { get; }

    private int? Port { get; }

    private string Rest { get; }

    private bool IsWeb => Scheme is "https" or "http";

    /// <summary>Reads a URI and holds it to the rules that every redirect URI must meet, registered or configured.</summary>
    /// <param name="value">As the client wrote it.</param>
    /// <param name="schemesWithoutDot">Private-use schemes that are accepted although they do not look like a reversed domain name.</param>
    /// <param name="uri">The URI, when it is good.</param>
    /// <param name="problem">What is wrong with it, as a sentence that holds nothing of it.</param>
    public static bool TryParse(
        string? value, IReadOnlyCollection<string> schemesWithoutDot, [NotNullWhen(true)] out RedirectUri? uri, [NotNullWhen(false)] out string? problem)
    {
        uri = null;
        problem = null;
        if (string.IsNullOrEmpty(value) || value.Length > MaxLength)
        {
            problem = "A redirect URI must have 1 to 2048 characters.";
        }
        else if (!UriText.IsWellFormed(value) || value.Contains('*'))
        {
            problem = "A redirect URI must be written in the characters of RFC 3986, without wildcards or encoded control characters.";
        }
        else if (value.Contains('#'))
        {
            problem = "A redirect URI must not have a fragment.";
        }
        else if (!Uri.TryCreate(value, UriKind.Absolute, out _) || Split(value) is not { } parts)
        {
            problem = "A redirect URI must be absolute, without user information and dot segments.";
        }
        else
        {
            problem = parts.Scheme switch
            {
                "https" => null,
                "http" when parts.IsLoopback => null,
                "http" => "A redirect URI must use https unless it is a loopback address.",
                var scheme when scheme.Contains('.') || schemesWithoutDot.Contains(scheme) => null,
                _ => "A private-use scheme must contain a period (RFC 8252 section 8.4).",
            };
            uri = problem is null ? parts : null;
        }

        return uri is not null;
    }

    /// <summary>Whether a request may be answered at <paramref name="presented"/> when this URI is registered.</summary>
    public bool Matches(string presented)
    {
        if (string.Equals(presented, Value, StringComparison.Ordinal))
        {
            return true;
        }

        return Scheme == "http" && IsLoopback
            && TryParse(presented, [], out var other, out _)
            && other.Scheme == "http" && other.Host == Host && other.Rest == Rest
            // An upper-case scheme parses alike, but is another string.
            && presented.StartsWith(Value[..(Value.IndexOf(Hierarchical, StringComparison.Ordinal) + Hierarchical.Length)], StringComparison.Ordinal);
    }

    /// <summary>Whether a request may be answered at <paramref name="presented"/> when <paramref name="registered"/> is registered.</summary>
    public static bool Matches(string registered, string presented) => FromStorage(registered).Matches(presented);

    /// <summary>Whether two answers went to the same place, by what <see cref="Display"/> said of each: on a loopback address any port will do (RFC 8252 §7.3).</summary>
    public static bool SameDestination(string one, string other) => one == other || (LoopbackHost(one) is { } host && host == LoopbackHost(other));

    /// <summary>Reads back what was accepted once, whatever the rules are now.</summary>
    /// <exception cref="InvalidOperationException">It is not a URI at all: the row was altered.</exception>
    public static RedirectUri FromStorage(string value) => Split(value) ?? throw new InvalidOperationException("A stored redirect URI cannot be read.");

    /// <inheritdoc />
    public override string ToString() => Value;

    private static RedirectUri? Split(string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            return null;
        }

        var scheme = value[..colon].ToLowerInvariant();
        if (scheme is not ("http" or "https"))
        {
            return value.Length > colon + 1 ? new RedirectUri(value, scheme, "", null, value[(colon + 1)..]) : null;
        }

        if (!value.AsSpan(colon).StartsWith(Hierarchical))
        {
            return null;
        }

        var start = colon + Hierarchical.Length;
        var end = value.AsSpan(start).IndexOfAny('/', '?') is var index and >= 0 ? start + index : value.Length;
        var rest = value[end..];
        return TrySplitAuthority(value[start..end], out var host, out var port) && !UriText.HasDotSegment(rest)
            ? new RedirectUri(value, scheme, host, port, rest)
            : null;
    }

    private static bool TrySplitAuthority(string authority, out string host, out int? port)
    {
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        host = hasPort ? authority[..colon] : authority;
        port = null;
        if (hasPort)
        {
            if (!ushort.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
            {
                return false;
            }

            port = number;
        }

        var isAddress = host is ['[', .., ']'];
        return !authority.Contains('@') && host.Length > 0
            && (isAddress ? IPAddress.TryParse(host, out _) : Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 && !host.Contains('%'));
    }

    private static string? LoopbackHost(string display) => TrySplitAuthority(display, out var host, out _) && IsLoopbackHost(host) ? host : null;

    // Compared as text: "127.1" and "0x7f000001" are other ways to write the address, and no honest client uses them.
    private static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host == "[::1]"
        || (IPAddress.TryParse(host, out var address) && address.ToString() == host && host.StartsWith("127.", StringComparison.Ordinal));
}
