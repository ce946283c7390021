using AuthCore.Http;
using McpEndpoint.Http.Envelope;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol;

namespace McpEndpoint.Http;

/// <summary>
/// Keeps pages of other sites from calling this endpoint through a visitor's browser (DNS rebinding): transports, "Security Warning".
/// Programs that are no browser send no <c>Origin</c> and pass.
/// </summary>
internal sealed class OriginGuard(PublicOrigin publicOrigin, IOptions<McpOptions> options)
{
    private readonly HashSet<string> _allowed = new(options.Value.AllowedOrigins, StringComparer.OrdinalIgnoreCase);

    // On first use: the origin may not be known before the host listens.
    private readonly Lazy<Uri> _self = new(() => new Uri(publicOrigin.Issuer), LazyThreadSafetyMode.PublicationOnly);

    public Refusal? Check(HttpRequest request)
    {
        var self = _self.Value;
        if (self.IsLoopback && !IsLoopbackHost(request.Host))
        {
            return Forbidden("This server is on loopback and answers only to loopback host names.");
        }

        return request.Headers.Origin.All(origin => IsAllowed(origin, self)) ? null : Forbidden("Pages of this origin may not call this server.");
    }

    private bool IsAllowed(string? origin, Uri self)
    {
        if (origin is null || !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return false;
        }

        // An origin has no path; what has one was not written by a browser.
        var isBare = string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase);
        return isBare && (Uri.Compare(uri, self, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            || (self.IsLoopback && uri.IsLoopback)
            || _allowed.Contains(origin));
    }

    private static bool IsLoopbackHost(HostString host) =>
        host.HasValue && Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static Refusal Forbidden(string message) => new(StatusCodes.Status403Forbidden, McpErrorCode.InvalidRequest, message);
}
