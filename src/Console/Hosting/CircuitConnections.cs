using System.Security.Claims;
using AdminConsole.Features.Errors;
using AuthCore.Users.Sessions;

namespace AdminConsole.Hosting;

/// <summary>The door of the circuits: nobody without a session that is alive, and no more open pages than a person may have.</summary>
internal static class CircuitConnections
{
    /// <summary>Where Blazor's script connects to.</summary>
    /// <summary>After authentication.</summary>
    public static void UseCircuitConnections(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path.StartsWithSegments(PagePaths.Circuits, StringComparison.OrdinalIgnoreCase))
        {
            await ConnectAsync(http, next, Pages(http));
        }
        else if (OpensPage(http) && http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } userId && Pages(http).IsFull(userId))
        {
            await ErrorPages.ShowAsync(http, ErrorModel.TooManyPages);
        }
        else
        {
            await next(http);
        }
    });

    private static OpenPages Pages(HttpContext http) => http.RequestServices.GetRequiredService<OpenPages>();

    private static async Task ConnectAsync(HttpContext http, RequestDelegate next, OpenPages pages)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId || http.User.FindFirstValue(IBrowserSessions.SessionIdClaim) is not { } sessionId)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!IsConnection(http.Request))
        {
            await next(http);
            return;
        }

        using var held = pages.TryConnect(userId, sessionId, http.Abort);
        if (held is null)
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await http.Response.WriteAsync("Too many console pages are open. Close one of them, then reload this one.", http.RequestAborted);
            return;
        }

        // It may have ended after it was looked at and before it was taken in.
        if (http.RequestServices.GetRequiredService<IBrowserSessions>().IsAlive(http.User))
        {
            await next(http);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    /// <summary>A WebSocket, a stream of events or a long poll; what else goes there is over in a moment.</summary>
    private static bool IsConnection(HttpRequest request) =>
        request.Path.Value is { } path && string.Equals(path.TrimEnd('/'), PagePaths.Circuits, StringComparison.OrdinalIgnoreCase) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsConnect(request.Method));

    private static bool OpensPage(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<PagePolicy>() == PagePolicy.Interactive;
}
