namespace AdminConsole.Security;

/// <summary>
/// A page of another origin cannot open a circuit with the visitor's cookie. <c>SameSite</c> does not keep out a page on another port of this host, and no
/// browser applies CORS to a WebSocket. Programs that are no browser send no <c>Origin</c>.
/// </summary>
internal static class CircuitOrigin
{
    /// <summary>Behind <see cref="PublicHost"/>: the host that is compared with has been checked.</summary>
    public static void UseCircuitOrigin(this WebApplication app) => app.Use((http, next) =>
    {
        if (!http.Request.Path.StartsWithSegments(PagePaths.Circuits, StringComparison.OrdinalIgnoreCase) || http.Request.Headers.Origin.All(origin => IsOwn(origin, http.Request)))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("Pages of another origin may not open the console.\n", http.RequestAborted);
    });

    // "null", the origin of a sandboxed or local page, is no address and so not ours.
    private static bool IsOwn(string? origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var theirs)
        && Uri.TryCreate($"{request.Scheme}://{request.Headers.Host}", UriKind.Absolute, out var own)
        && Uri.Compare(theirs, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
