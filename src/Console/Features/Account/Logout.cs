using AdminConsole.Shared;
using Microsoft.AspNetCore.Mvc;

namespace AdminConsole.Features.Account;

/// <summary>Ends the browser's session, on the server too. A link from elsewhere only gets the question.</summary>
internal static class Logout
{
    public static IResult Show(HttpContext http) =>
        http.User.Identity?.IsAuthenticated == true ? Page.Show<LogoutPage>(http.User.Identity.Name) : LocalPath.Home.SeeOther();

    public static async Task<IResult> SignOut(PersonSignIn signIn)
    {
        await signIn.EndSessionAsync();
        return PagePaths.Login.SeeOther();
    }

    /// <summary>From the consent page: sign out, sign in as somebody else, and come back to the same request.</summary>
    public static async Task<IResult> UseAnotherAccount([FromForm] string? ticket, PersonSignIn signIn)
    {
        await signIn.EndSessionAsync();
        return string.IsNullOrEmpty(ticket) ? PagePaths.Login.SeeOther() : PagePaths.LoginFor(ticket).SeeOther();
    }
}
