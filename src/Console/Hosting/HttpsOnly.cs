using AdminConsole.Features.Errors;
using AuthCore.Hosting;
using AuthCore.Http;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace AdminConsole.Hosting;

/// <summary>
/// With an https <c>PublicUrl</c> nothing is served over http: cookies could not be set, and an answer would leave in the clear. Says so in a sentence,
/// to the browser as a page, to programs as the error that they know, to the operator once in a while.
/// </summary>
internal sealed class HttpsOnly(PublicOrigin origin, IOptions<AuthCoreOptions> options, TimeProvider time, ILogger<HttpsOnly> logger)
{
    // JSON-RPC 2.0 section 5.1: Invalid Request.
    private const int JsonRpcInvalidRequest = -32600;

    private readonly RareNotice _notice = new(time, TimeSpan.FromMinutes(10));

    private string Sentence => $"This server is at {origin.Issuer}, but this request did not come over https.";

    public Task RefuseAsync(HttpContext http)
    {
        if (_notice.IsDue())
        {
            Log.NotOverHttps(logger, http.Connection.RemoteIpAddress?.ToString() ?? "an unknown address", origin.Issuer);
        }

        if (ErrorPages.WantsHtml(http.Request))
        {
            http.Features.Set(PagePolicy.Static);
            return ErrorPages.Show(http, ErrorModel.NotOverHttps(Sentence)).ExecuteAsync(http);
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.Headers.CacheControl = "no-store";
        return options.Value.ResourcePaths.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            ? http.Response.WriteAsJsonAsync(new { jsonrpc = "2.0", id = (string?)null, error = new { code = JsonRpcInvalidRequest, message = Sentence } }, http.RequestAborted)
            : http.Response.WriteAsJsonAsync(new { error = "invalid_request", error_description = Sentence }, http.RequestAborted);
    }
}

internal static class HttpsOnlyMiddleware
{
    /// <summary>After routing: the stylesheets of the page that says no are served, and so are probes.</summary>
    public static void UseHttpsOnly(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<PublicOrigin>().IsHttps)
        {
            return;
        }

        var guard = ActivatorUtilities.CreateInstance<HttpsOnly>(app.Services);
        app.Use((http, next) => http.Request.IsHttps || Probes.Include(http.Request) || IsStaticAsset(http) ? next(http) : guard.RefuseAsync(http));
    }

    private static bool IsStaticAsset(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}
