namespace AdminConsole.Security;

/// <summary>
/// Where a console page asks whether its session is alive (<c>wwwroot/session.js</c>): 204 when it is, 401 when it has ended. It asks when its circuit is lost, and,
/// with <see cref="Used"/>, when somebody works in it.
/// </summary>
internal static class SessionProbe
{
    public const string Path = "/account/session";

    /// <summary>The query parameter that says that somebody is in front of the page.</summary>
    public const string Used = "used";

    public static void MapSessionProbe(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Probe).WithMetadata(PagePolicy.Static);

    private static IResult Probe(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true ? Results.NoContent() : Results.StatusCode(StatusCodes.Status401Unauthorized);
}
