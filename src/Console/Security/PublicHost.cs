using System.Globalization;
using System.Net;
using AuthCore.Http;

namespace AdminConsole.Security;

/// <summary>What the <c>Host</c> header of a request names.</summary>
internal enum NamedHost
{
    /// <summary>This server.</summary>
    Own,

    /// <summary>Another one: 421 (RFC 9110 section 15.5.20).</summary>
    Other,

    /// <summary>Nothing that a host can be called: 400 (RFC 9112 section 3.2).</summary>
    Malformed,
}

/// <summary>
/// Serves the host of <c>PublicUrl</c> and no other, so that a page can say on which server it is and no link leads elsewhere. A host on loopback
/// answers to every loopback name and port. Probes of <c>/healthz</c> come by address and are answered under any name.
/// </summary>
internal static class PublicHost
{
    private const int LongestName = 253;
    private static readonly TimeSpan BetweenNotices = TimeSpan.FromHours(1);

    public static void UsePublicHost(this WebApplication app)
    {
        var origin = app.Services.GetRequiredService<PublicOrigin>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PublicHost));
        var self = new Lazy<Uri>(() => new Uri(origin.Issuer));
        var notice = new RareNotice(app.Services.GetRequiredService<TimeProvider>(), BetweenNotices);
        app.Use((http, next) =>
        {
            if (Probes.Include(http.Request))
            {
                return next(http);
            }

            // As it was sent: HttpRequest.Host decodes international names, and fails on those that cannot be.
            switch (Named(http.Request.Headers.Host.ToString(), self.Value))
            {
                case NamedHost.Own:
                    return next(http);
                case NamedHost.Malformed:
                    return RefuseAsync(http, StatusCodes.Status400BadRequest, "The Host header is missing or malformed.");
                default:
                    if (notice.IsDue())
                    {
                        Log.OtherHost(logger, origin.Issuer);
                    }

                    return RefuseAsync(http, StatusCodes.Status421MisdirectedRequest, $"This server answers at {origin.Issuer} only.");
            }
        });
    }

    /// <param name="value">The header: a name or address and, unless it is the scheme's default, a port.</param>
    /// <param name="self">The issuer.</param>
    internal static NamedHost Named(string? value, Uri self)
    {
        if (!TryParse(value ?? "", out var name, out var port))
        {
            return NamedHost.Malformed;
        }

        if (name.Contains("xn--", StringComparison.OrdinalIgnoreCase) && name.Split('.').Any(label => label.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) && !IsInternational(label)))
        {
            return NamedHost.Malformed;
        }

        if (self.IsLoopback)
        {
            return IsLoopback(name) ? NamedHost.Own : NamedHost.Other;
        }

        var own = self.HostNameType == UriHostNameType.Dns ? self.IdnHost : self.Host;
        var ownPort = self.Port;
        return string.Equals(name, own, StringComparison.OrdinalIgnoreCase) && (port ?? DefaultPort(self)) == ownPort ? NamedHost.Own : NamedHost.Other;
    }

    private static bool TryParse(string value, out string name, out int? port)
    {
        port = null;
        var end = value.StartsWith('[') ? value.IndexOf(']', StringComparison.Ordinal) + 1 : value.IndexOf(':', StringComparison.Ordinal);
        name = end < 0 ? value : value[..end];
        if (name.Length is 0 or > LongestName || Uri.CheckHostName(name) is UriHostNameType.Unknown or UriHostNameType.Basic)
        {
            return false;
        }

        if (name.Length == value.Length)
        {
            return true;
        }

        var isPort = ushort.TryParse(value.AsSpan(name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        port = number;
        return isPort && number > 0 && value[name.Length] == ':';
    }

    private static bool IsInternational(string label)
    {
        try
        {
            return new IdnMapping().GetUnicode(label).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsLoopback(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) && !address.IsIPv4MappedToIPv6);

    private static int DefaultPort(Uri self) => self.Scheme == Uri.UriSchemeHttps ? 443 : 80;

    private static Task RefuseAsync(HttpContext http, int status, string sentence)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(sentence + "\n", http.RequestAborted);
    }
}
