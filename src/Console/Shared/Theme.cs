namespace AdminConsole.Shared;

/// <summary>Light or dark: the system's preference, unless the person chose.</summary>
public enum Theme
{
    System,
    Light,
    Dark,
}

internal static class ThemeCookie
{
    public const string Name = "theme";

    public static Theme Read(HttpRequest request) => Parse(request.Cookies[Name]);

    public static Theme Parse(string? value) => value switch
    {
        "light" => Theme.Light,
        "dark" => Theme.Dark,
        _ => Theme.System,
    };

    public static void Write(HttpContext http, Theme theme)
    {
        if (theme is Theme.System)
        {
            http.Response.Cookies.Delete(Name);
            return;
        }

        http.Response.Cookies.Append(Name, theme.ToAttribute(), new CookieOptions
        {
            HttpOnly = true,
            Secure = http.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = TimeSpan.FromDays(365),
        });
    }

    public static string ToAttribute(this Theme theme) => theme switch
    {
        Theme.System => "system",
        Theme.Light => "light",
        Theme.Dark => "dark",
    };
}
