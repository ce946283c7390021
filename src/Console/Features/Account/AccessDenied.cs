using AdminConsole.Shared;

namespace AdminConsole.Features.Account;

/// <summary>For people who are signed in and open what their role does not include.</summary>
internal static class AccessDenied
{
    public static IResult Show(HttpContext http) => Page.Show<AccessDeniedPage>(http.User.Identity?.Name ?? "", StatusCodes.Status403Forbidden);
}
