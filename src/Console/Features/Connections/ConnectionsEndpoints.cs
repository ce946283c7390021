using AdminConsole.Features.Errors;
using AdminConsole.Shared;
using AuthCore.Grants;
using AuthCore.ResourceServer;
using AuthCore.Revocation;
using Microsoft.AspNetCore.Identity;

namespace AdminConsole.Features.Connections;

/// <summary><c>/account/connections</c>: what is connected in the name of the person who looks, and how they revoke it.</summary>
internal static class ConnectionsEndpoints
{
    private static readonly LocalPath List = LocalPath.Own("/account/connections");

    public static void MapConnections(this IEndpointRouteBuilder endpoints)
    {
        var own = endpoints.MapGroup("/account/connections").RequireAuthorization();
        own.MapPage("", Show);
        own.MapPage("/{familyId}/revoke", AskOne);
        own.MapForm("/{familyId}/revoke", RevokeOne);
        own.MapPage("/revoke-all", AskAll);
        own.MapForm("/revoke-all", RevokeAll);
    }

    private static async Task<IResult> Show(
        int? revoked, string? password, HttpContext http, ITokenFamilyDirectory families, ScopeCatalog scopes, TimeProvider clock, CancellationToken cancellationToken)
    {
        var live = await families.ListOwnAsync(http.User, cancellationToken);
        var connections = live.Select(family => Connection.From(family, scopes)).ToArray();
        return Page.Show<ConnectionsPage>(
            new ConnectionsModel(connections, http.User.Identity?.Name ?? "", http.User.HighestRole() is not null, clock.GetUtcNow(), revoked, password == "changed"));
    }

    private static async Task<IResult> AskOne(
        string familyId, HttpContext http, ITokenFamilyDirectory families, ScopeCatalog scopes, CancellationToken cancellationToken)
    {
        var live = await families.ListOwnAsync(http.User, cancellationToken);
        return live.FirstOrDefault(family => family.FamilyId == familyId) is { } asked
            ? Page.Show<RevokePage>(new RevokeModel([Connection.From(asked, scopes)], $"{List}/{asked.FamilyId}/revoke"))
            : List.SeeOther();
    }

    private static async Task<IResult> AskAll(HttpContext http, ITokenFamilyDirectory families, ScopeCatalog scopes, CancellationToken cancellationToken)
    {
        var live = await families.ListOwnAsync(http.User, cancellationToken);
        return live.Count > 0
            ? Page.Show<RevokePage>(new RevokeModel([.. live.Select(family => Connection.From(family, scopes))], $"{List}/revoke-all"))
            : List.SeeOther();
    }

    private static Task<IResult> RevokeOne(string familyId, HttpContext http, IRevocationService revocations, CancellationToken cancellationToken) =>
        RevokeAsync(new RevocationTarget.Family(familyId), http, revocations, cancellationToken);

    private static Task<IResult> RevokeAll(HttpContext http, UserManager<AuthCore.Users.AuthUser> users, IRevocationService revocations, CancellationToken cancellationToken) =>
        RevokeAsync(new RevocationTarget.ConnectionsOf(users.GetUserId(http.User)!), http, revocations, cancellationToken);

    private static async Task<IResult> RevokeAsync(RevocationTarget target, HttpContext http, IRevocationService revocations, CancellationToken cancellationToken)
    {
        var outcome = await revocations.RevokeAsync(http.User, target, cancellationToken);
        return outcome.Match(
            revoked => List.With("revoked", revoked.Families.ToString(System.Globalization.CultureInfo.InvariantCulture)).SeeOther(),
            notFound => ErrorPages.Show(http, ErrorModel.Of(StatusCodes.Status404NotFound)));
    }
}
