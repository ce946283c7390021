using AdminConsole.Shared;
using AuthCore.Protocol;

namespace AdminConsole.Features.Clients;

/// <summary>Where a client's redirect URIs lead, short enough for a list.</summary>
internal static class RedirectHosts
{
    private const int Shown = 2;

    /// <summary>Hosts (an international name in its ASCII form) and private-use schemes; loopback, where any port is fine, as "this computer".</summary>
    public static string Of(IReadOnlyList<string> redirectUris)
    {
        string[] hosts = [.. redirectUris.Select(Host).Distinct(StringComparer.Ordinal)];
        var rest = hosts.Length - Shown;
        return string.Join(", ", hosts.Take(Shown)) + (rest > 0 ? $" and {rest} more" : "");
    }

    private static string Host(string redirectUri)
    {
        if (!Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri))
        {
            return UntrustedText.Clean(redirectUri).OrNone();
        }

        if (uri is { IsLoopback: true, Scheme: "http" or "https" })
        {
            return $"this computer ({uri.Host})";
        }

        return uri.Scheme is "http" or "https" ? uri.IdnHost + (uri.IsDefaultPort ? "" : $":{uri.Port}") : $"{uri.Scheme}: (an app)";
    }
}
