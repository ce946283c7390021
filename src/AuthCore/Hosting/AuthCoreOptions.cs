namespace AuthCore.Hosting;

/// <summary>
/// What the authorization server must know of the host around it. Bound to the root of the configuration.
/// </summary>
public sealed class AuthCoreOptions
{
    /// <summary>
    /// The issuer (RFC 8414 §2) and public origin, e.g. <c>https://auth.example</c>: https (http on loopback only), no query, no fragment, no path, no
    /// trailing slash. May be left out while the host listens on loopback only: the address it listens on is taken then. Empty is not set.
    /// </summary>
    public string? PublicUrl { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    /// <summary>Where everything that the host writes is kept; relative to the content root.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>The host's login page; gets the query parameter <c>ticket</c>.</summary>
    public string LoginPath { get; set; } = "/account/login";

    /// <summary>The host's consent page; gets the query parameter <c>ticket</c>.</summary>
    public string ConsentPath { get; set; } = "/consent";

    /// <summary>The host's page for requests that must not be redirected; reads <see cref="Authorize.AuthorizeErrorFeature"/>.</summary>
    public string ErrorPath { get; set; } = "/error";

    /// <summary>The paths of the resources that tokens are issued for; the first is meant when a request names none (RFC 8707).</summary>
    public IList<string> ResourcePaths { get; } = ["/mcp"];
}
