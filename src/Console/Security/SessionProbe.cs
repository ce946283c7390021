namespace AdminConsole.Security;

/// <summary>Where a page whose circuit was lost asks whether its session is why (<c>wwwroot/session.js</c>): 204 when it is alive, 401 when it has ended.</summary>
internal static class SessionProbe
{
    public const string Path = "/account/session";

    public static void MapSessionProbe(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Probe).WithMetadata(PagePolicy.Static);

    private static IResult Probe(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true ? Results.NoContent() : Results.StatusCode(StatusCodes.Status401Unauthorized);
}
