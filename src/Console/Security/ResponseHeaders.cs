namespace AdminConsole.Security;

/// <summary>The headers that tell a browser how little this host wants from it.</summary>
internal static class ResponseHeaders
{
    private const string NothingMayLoad = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void UseResponseHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var policy = http.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>();
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = policy?.ContentSecurityPolicy ?? NothingMayLoad;
        if (policy is not null)
            MarkAsPage(headers);
        return next(http);
    });

    /// <summary>Pages about people: kept in no cache, and in a browsing context of their own.</summary>
    public static void MarkAsPage(IHeaderDictionary headers)
    {
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }
}
