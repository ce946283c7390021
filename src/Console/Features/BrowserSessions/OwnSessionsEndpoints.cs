using System.Globalization;
using AdminConsole.Shared;
using AuthCore.Users.Sessions;

namespace AdminConsole.Features.BrowserSessions;

/// <summary><c>/account/sessions</c>: where the person who looks is signed in, and how that ends.</summary>
internal static class OwnSessionsEndpoints
{
    private static readonly LocalPath List = LocalPath.Own("/account/sessions");

    public static void MapOwnSessions(this IEndpointRouteBuilder endpoints)
    {
        var own = endpoints.MapGroup(List.Value).RequireAuthorization();
        own.MapPage("", Show);
        own.MapForm("/{sessionId}/end", EndOne);
        own.MapForm("/end-others", EndOthers);
    }

    private static async Task<IResult> Show(int? ended, HttpContext http, IBrowserSessionDirectory sessions, CancellationToken cancellationToken) =>
        Page.Show<OwnSessionsPage>(new OwnSessionsModel(await sessions.ListOwnAsync(http.User, cancellationToken), http.User.Identity?.Name ?? "", ended));

    private static async Task<IResult> EndOne(string sessionId, HttpContext http, IBrowserSessionDirectory sessions, CancellationToken cancellationToken) =>
        Done(await sessions.EndOwnAsync(http.User, sessionId, cancellationToken) ? 1 : 0);

    private static async Task<IResult> EndOthers(HttpContext http, IBrowserSessionDirectory sessions, CancellationToken cancellationToken) =>
        Done(await sessions.EndOthersAsync(http.User, cancellationToken));

    private static IResult Done(int ended) => List.With("ended", ended.ToString(CultureInfo.InvariantCulture)).SeeOther();
}

/// <summary>What the page of one's own sessions says.</summary>
/// <param name="Sessions">Those that are alive; the one that asks is the first.</param>
/// <param name="SignedInAs">Whose they are.</param>
/// <param name="Ended">How many were just ended.</param>
public sealed record OwnSessionsModel(IReadOnlyList<SessionRow> Sessions, string SignedInAs, int? Ended);
