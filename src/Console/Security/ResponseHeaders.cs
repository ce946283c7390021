namespace AdminConsole.Security;

/// <summary>The headers that tell a browser how little this host wants from it.</summary>
internal static class ResponseHeaders
{
    private const string NothingMayLoad = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>
    /// Before whatever answers. Written at the last moment, so that an error page, for which everything so far was thrown away, has
    /// them too.
    /// </summary>
    /// <param name="app">The host.</param>
    /// <param name="https">Whether browsers reach this host over TLS, and shall never try without (RFC 6797 section 7.2: said over TLS only).</param>
    public static void UseResponseHeaders(this WebApplication app, bool https) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            Write(http.Response.Headers, http.Features.Get<PagePolicy>() ?? http.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>());
            if (https && http.Request.IsHttps)
            {
                http.Response.Headers.StrictTransportSecurity = "max-age=31536000";
            }

            return Task.CompletedTask;
        });
        return next(http);
    });

    private static void Write(IHeaderDictionary headers, PagePolicy? page)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = page?.ContentSecurityPolicy ?? NothingMayLoad;
        if (page is null)
        {
            return;
        }

        // Pages about people: kept in no cache, and in a browsing context of their own.
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }
}
