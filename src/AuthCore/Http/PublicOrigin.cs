using AuthCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace AuthCore.Http;

/// <summary>Where this host is, as everybody else must name it. Never taken from a request: a forged <c>Host</c> changes nothing.</summary>
public sealed class PublicOrigin(IOptions<AuthCoreOptions> options, IServer server)
{
    private string? _issuer;

    /// <summary>The issuer identifier: an origin without a trailing slash, compared byte for byte.</summary>
    /// <exception cref="InvalidOperationException">Not configured, and the host does not listen yet or listens beyond loopback.</exception>
    public string Issuer => _issuer ??= options.Value.PublicUrl ?? FromLoopbackAddress();

    /// <summary>The resource meant when a request names none.</summary>
    public string DefaultResource => Resource(options.Value.ResourcePaths[0]);

    /// <summary>Every resource that tokens are issued for.</summary>
    internal IEnumerable<string> Resources => options.Value.ResourcePaths.Select(Resource);

    /// <summary>The canonical URI of the resource at a path of this host.</summary>
    public string Resource(string path) => Issuer + path;

    /// <summary>Whether browsers reach this host over TLS, so that cookies can be <c>Secure</c>.</summary>
    public bool IsHttps => options.Value.PublicUrl?.StartsWith("https:", StringComparison.Ordinal) ?? false;

    private string FromLoopbackAddress()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.Select(candidate => new Uri(candidate)).FirstOrDefault()
            ?? throw new InvalidOperationException("PublicUrl is not configured and the host does not listen yet.");
        return address.IsLoopback
            ? address.GetLeftPart(UriPartial.Authority)
            : throw new BrokenSetupException($"PublicUrl: required, because the host listens beyond loopback ({address}).");
    }
}
