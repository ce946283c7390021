using AdminConsole.Features.Errors;
using AdminConsole.Shared;
using AuthCore.Consent;
using AuthCore.Users.Passwords;
using Microsoft.AspNetCore.Mvc;

namespace AdminConsole.Features.Account;

/// <summary>
/// <c>/account/login</c>. With a <c>ticket</c>, a client waits behind it and consent follows; otherwise the browser goes to
/// <c>returnUrl</c>, if that is a place on this host.
/// </summary>
internal static class Login
{
    public static async Task<IResult> Show(string? ticket, string? returnUrl, string? ended, IConsentInteraction consent, CancellationToken cancellationToken) =>
        Page.Show<LoginPage>(await ModelAsync(ticket, returnUrl, consent, cancellationToken) with { SessionEnded = ended is not null });

    public static async Task<IResult> SignIn(
        [FromQuery] string? ticket, [FromQuery] string? returnUrl, [FromForm] string? email, [FromForm] string? password,
        HttpContext http, IPasswordSignIn passwords, DeviceCookie devices, PersonSignIn signIn, IConsentInteraction consent, CancellationToken cancellationToken)
    {
        var outcome = await passwords.TryAsync(email, password, devices.Read(http), cancellationToken);
        return await outcome.Match(
            async passed => await signIn.BeginSessionAsync(passed.User) ? Next(ticket, returnUrl).SeeOther() : await RefuseAsync(),
            refused => RefuseAsync(),
            busy => Task.FromResult(ErrorPages.ShowBusy(http, busy.RetryAfterSeconds)));

        async Task<IResult> RefuseAsync()
        {
            var model = await ModelAsync(ticket, returnUrl, consent, cancellationToken);
            return Page.Show<LoginPage>(model with { Email = email, Refused = true }, StatusCodes.Status401Unauthorized);
        }
    }

    /// <summary>The login page for a request that waits behind a ticket.</summary>
    private static LocalPath Next(string? ticket, string? returnUrl) =>
        string.IsNullOrEmpty(ticket) ? LocalPath.From(returnUrl) ?? LocalPath.Home : PagePaths.ConsentFor(ticket);

    private static async Task<LoginModel> ModelAsync(string? ticket, string? returnUrl, IConsentInteraction consent, CancellationToken cancellationToken)
    {
        var client = string.IsNullOrEmpty(ticket) ? null : await consent.WhoAsksAsync(ticket, cancellationToken);
        var action = QueryString.Create(new Dictionary<string, string?>
        {
            ["ticket"] = client is null ? null : ticket,
            ["returnUrl"] = LocalPath.From(returnUrl)?.Value,
        }.Where(parameter => parameter.Value is not null));
        return new LoginModel($"/account/login{action}", client?.Name);
    }
}
