using System.Text.Json;
using AuthCore.Http;
using AuthCore.ResourceServer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Authentication;

namespace McpEndpoint.Http;

/// <summary>RFC 9728 §2, §3: which authorization server issues tokens for this resource. The same bytes at every location.</summary>
internal sealed class ProtectedResourceMetadataEndpoint(PublicOrigin origin, ScopeCatalog scopes, IOptions<McpOptions> options)
{
    /// <summary>The well-known path; the resource's own path follows it (RFC 9728 §3.1).</summary>
    public const string Path = "/.well-known/oauth-protected-resource";

    // On first use: the origin may not be known before the host listens.
    private readonly Lazy<byte[]> _document = new(() => JsonSerializer.SerializeToUtf8Bytes(
        Describe(origin, scopes, options.Value), McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ProtectedResourceMetadata))));

    public Task HandleAsync(HttpContext context)
    {
        var document = _document.Value;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        context.Response.Headers.CacheControl = "public, max-age=300";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(document, context.RequestAborted).AsTask();
    }

    private static ProtectedResourceMetadata Describe(PublicOrigin origin, ScopeCatalog scopes, McpOptions options)
    {
        string[] advertised = [.. AdvertisedScopes.Of(scopes)];
        return new ProtectedResourceMetadata
        {
            Resource = origin.Resource(McpPostEndpoint.Path),
            ResourceName = options.ServerName,
            AuthorizationServers = [origin.Issuer],
            BearerMethodsSupported = ["header"],
            // RFC 9728 §3.2: a list without members is left out, which the serializer does with null.
            ScopesSupported = advertised.Length > 0 ? advertised : null!,
        };
    }
}
