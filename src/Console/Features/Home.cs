using AdminConsole.Features.Setup;
using AuthCore.Accounts;

namespace AdminConsole.Features;

/// <summary><c>/</c> has no page of its own; it leads each person to theirs.</summary>
internal static class Home
{
    public static void MapHome(this IEndpointRouteBuilder endpoints) => endpoints.MapPage("/", Lead);

    private static async Task<IResult> Lead(HttpContext http, IFirstRun firstRun, CancellationToken cancellationToken)
    {
        if (http.User.Identity?.IsAuthenticated == true)
        {
            return LocalPath.Own(http.User.HighestRole() is null ? "/account/connections" : "/admin").SeeOther();
        }

        return await firstRun.IsNeededAsync(cancellationToken) ? SetupEndpoints.Path.SeeOther() : PagePaths.Login.SeeOther();
    }
}
