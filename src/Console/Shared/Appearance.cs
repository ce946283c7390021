using Microsoft.AspNetCore.Mvc;

namespace AdminConsole.Shared;

/// <summary>Where the theme switch posts to. A plain form, so that it works on pages without a script.</summary>
internal static class Appearance
{
    public const string Path = "/account/appearance";

    public static void MapAppearance(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapForm(Path, Choose);

    private static IResult Choose(HttpContext http, [FromForm] string? theme, [FromForm] string? returnUrl)
    {
        ThemeCookie.Write(http, ThemeCookie.Parse(theme));
        return (LocalPath.From(returnUrl) ?? LocalPath.Home).SeeOther();
    }
}
