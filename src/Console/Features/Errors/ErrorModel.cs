using AuthCore.Authorize;

namespace AdminConsole.Features.Errors;

/// <summary>What an error page says: what happened, and what to do now.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Explanation">What that means.</param>
/// <param name="Advice">What to do now.</param>
/// <param name="Code">An error code for the developer of a client, if there is one.</param>
/// <param name="LinkText">The text of a way on, if there is one.</param>
/// <param name="LinkPath">Where that leads.</param>
/// <param name="CorrelationId">The same as in the log.</param>
/// <param name="Onward">Where a client wants its error sent, if the person may go on to there.</param>
public sealed record ErrorModel(
    int Status, string Title, string Explanation, string Advice, string? Code = null, string? LinkText = null, string? LinkPath = null, string? CorrelationId = null,
    AuthorizeErrorDestination? Onward = null)
{
    /// <summary>Whether the page may have forms, of which one chooses the colours.</summary>
    public bool HasForms { get; init; } = true;

    public static ErrorModel ConsentExpired { get; } = new(
        400, "This request has expired", "It was answered before, is too old, or did not arrive whole. Nothing was granted.",
        "Go back to the app that sent you here and connect again.");

    /// <summary>The form was made for another session than the one that posted it.</summary>
    public static ErrorModel SomebodyElse(string? ticket) => new ErrorModel(
        400, "Somebody else is signed in now", "The account in this browser changed after the page was opened. Nothing was granted.",
        "Read the request again as the user who is signed in now.").WithConsentLink(ticket);

    /// <summary>The server is reached over https only. The page has no form: its cookie could not be set.</summary>
    public static ErrorModel NotOverHttps(string explanation) => new(
        400, "Not over https", explanation, "Open that address. If you did, tell the administrator of this server: its proxy is not listed in TrustedProxies.")
    {
        HasForms = false,
    };

    public static ErrorModel ForeignForm { get; } = new(
        400, "This page was out of date", "It was opened before you signed in or out, or it did not come from this server. Nothing was changed.",
        "Go back, reload the page, and try once more.");

    /// <summary>A person has as many circuits as they may.</summary>
    public static ErrorModel TooManyPages { get; } = new(
        429, "Too many console pages are open", "You have as many of them open as one user may, in this browser and in others.",
        "Close one, then try again. Pages in a browser that you cannot reach close when you sign it out.",
        LinkText: "Where you are signed in", LinkPath: "/account/sessions");

    /// <summary>More people sign in at this moment than passwords can be checked.</summary>
    public static ErrorModel PasswordsBusy { get; } = new(
        503, "Busy", "The server is checking as many passwords as it can.", "Wait a few seconds, then try once more.");

    public static ErrorModel Authorize(AuthorizeErrorFeature refused) => refused.Onward is { } onward
        ? new(
            400, "This app's request was refused", $"An app that registered itself here made a request that this server does not answer. {refused.Explanation}",
            "Nothing was granted. If you did not just try to connect an app, close this page.", refused.Error, Onward: onward)
        : new(
            400, "This app's request cannot be answered", refused.Explanation,
            "Nothing was granted. Go back to the app and connect again; if that does not help, show this page to the people who make it.", refused.Error);

    public static ErrorModel Of(int status) => status switch
    {
        400 => new(400, "This request makes no sense here", "Something in it is missing or malformed.", "Go back and try once more."),
        401 => new(401, "Sign in first", "This page is for users who are signed in.", "Sign in and come back.", LinkText: "Sign in", LinkPath: "/account/login"),
        403 => new(403, "Not allowed", "Your role does not include this.", "An administrator of this server can change that."),
        404 => new(404, "Nothing is here", "The address is mistyped, or what was here is gone.", "Start from the beginning.", LinkText: "To the start", LinkPath: "/"),
        405 => new(405, "Method not allowed", "This address does not take this kind of request.", "Start from the beginning.", LinkText: "To the start", LinkPath: "/"),
        429 => new(429, "Too many attempts", "There were more requests from your address than this page allows.", "Wait a minute, then try once more."),
        503 => new(503, "Busy", "The server could not write this down just now. Nothing was changed.", "Wait a few seconds, then try once more."),
        >= 500 => new(status, "Something went wrong here", "This is our error; it was logged.", "Try once more. If it stays, give the reference below to the administrator."),
        _ => new(status, "That did not work", $"The server answered {status}.", "Start from the beginning.", LinkText: "To the start", LinkPath: "/"),
    };

    private ErrorModel WithConsentLink(string? ticket) => string.IsNullOrEmpty(ticket)
        ? this
        : this with { LinkText = "Start again", LinkPath = PagePaths.ConsentFor(ticket).Value };
}
