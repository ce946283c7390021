using AdminConsole.Features.Errors;
using AdminConsole.Shared;
using AuthCore.Consent;
using AuthCore.RateLimits;

namespace AdminConsole.Features.Consent;

/// <summary><c>/consent</c>: shows what a client asks for, and takes the answer once.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsent(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPage("/consent", Show, PagePolicy.RedirectsToClient);
        endpoints.MapForm("/consent", Answer, PagePolicy.RedirectsToClient).RequireRateLimiting(RateLimitPolicies.Consent);
    }

    /// <summary>After antiforgery: a session may have ended under an open form. The request behind the form then waits for the next sign-in.</summary>
    public static void UseConsentSignIn(this WebApplication app) => app.Use((http, next) =>
        http.Request.Path == "/consent" && http.HasForeignForm() && http.User.Identity?.IsAuthenticated != true && http.Request.Query["ticket"].ToString() is { Length: > 0 } ticket
            ? PagePaths.LoginFor(ticket).SeeOther().ExecuteAsync(http)
            : next(http));

    private static Task<IResult> Show(string? ticket, HttpContext http, IConsentInteraction consent, TimeProvider clock, CancellationToken cancellationToken) =>
        OpenAsync(ticket, nothingChosen: false, http, consent, clock, cancellationToken);

    private static async Task<IResult> Answer(
        IFormCollection form, HttpContext http, IConsentInteraction consent, TimeProvider clock, CancellationToken cancellationToken)
    {
        // The address keeps the request as it came, the form has it bound to a person: only the first can be begun again by another.
        string? ticket = http.Request.Query["ticket"];
        string? boundTicket = form["ticket"];
        string? decision = form["decision"];
        if (string.IsNullOrEmpty(boundTicket) || decision is not ("allow" or "deny"))
        {
            return ErrorPages.Show(http, ErrorModel.ConsentExpired);
        }

        var scopes = form["scope"].OfType<string>().ToArray();
        var outcome = await consent.AnswerAsync(new ConsentAnswer(boundTicket, decision == "allow", scopes), http.User, cancellationToken);
        return await outcome.Match<Task<IResult>>(
            redirect => Task.FromResult<IResult>(new SeeOther(redirect.Location.OriginalString)),
            nothingChosen => OpenAsync(ticket, nothingChosen: true, http, consent, clock, cancellationToken),
            expired => Task.FromResult(ErrorPages.Show(http, ErrorModel.ConsentExpired)),
            signInFirst => Task.FromResult<IResult>((string.IsNullOrEmpty(ticket) ? PagePaths.Login : PagePaths.LoginFor(ticket)).SeeOther()),
            somebodyElse => Task.FromResult(ErrorPages.Show(http, ErrorModel.SomebodyElse(ticket))));
    }

    private static async Task<IResult> OpenAsync(
        string? ticket, bool nothingChosen, HttpContext http, IConsentInteraction consent, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return ErrorPages.Show(http, ErrorModel.ConsentExpired);
        }

        var opening = await consent.OpenAsync(ticket, http.User, cancellationToken);
        return opening.Match<IResult>(
            ready => Page.Show<ConsentPage>(
                new ConsentModel(ready.Request, ticket, http.User.Identity?.Name ?? "", clock.GetUtcNow(), nothingChosen),
                nothingChosen ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK),
            signInFirst => PagePaths.LoginFor(ticket).SeeOther(),
            expired => ErrorPages.Show(http, ErrorModel.ConsentExpired));
    }
}
