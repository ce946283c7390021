using System.Globalization;
using AdminConsole.Shared;
using AuthCore.Authorize;
using AuthCore.Telemetry;
using AuthCore.Users;

namespace AdminConsole.Features.Errors;

/// <summary>
/// What people get to see when something fails. Programs that do not ask for HTML keep the bare status code, and protocol endpoints
/// write their own answers.
/// </summary>
internal static class ErrorPages
{
    public const string Path = "/error";

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => WantsHtml(http.Request) ? WriteAsync(http, ErrorModel.Of(http.Response.StatusCode)) : WriteJsonAsync(http),
            StatusCodeSelector = failure => failure switch
            {
                AccessDeniedException => StatusCodes.Status403Forbidden,
                BadHttpRequestException bad => bad.StatusCode,
                _ => StatusCodes.Status500InternalServerError,
            },
            // The sender's mistake, and told to the sender.
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(context => WriteAsync(context.HttpContext, Explain(context.HttpContext)));
    }

    /// <summary>Where the authorization server leads what it must not redirect.</summary>
    public static void MapErrorPage(this IEndpointRouteBuilder endpoints) =>
        endpoints.Map(Path, (HttpContext http) => http.Features.Get<AuthorizeErrorFeature>() is null
            ? Show(http, ErrorModel.Of(StatusCodes.Status404NotFound))
            : Show(http, Explain(http))).WithMetadata(PagePolicy.Static).ExcludeFromDescription();

    public static IResult Show(HttpContext http, ErrorModel model) =>
        Page.Show<ErrorPage>(model with { CorrelationId = CorrelationId.Of(http) }, model.Status);

    /// <summary>Writes the page in place of what was asked for, from a middleware.</summary>
    public static Task ShowAsync(HttpContext http, ErrorModel model)
    {
        http.Features.Set(PagePolicy.Static);
        return Show(http, model).ExecuteAsync(http);
    }

    /// <summary>503 (RFC 9110 section 15.6.4) from a page that hashes passwords.</summary>
    public static IResult ShowBusy(HttpContext http, int retryAfterSeconds)
    {
        http.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return Show(http, ErrorModel.PasswordsBusy);
    }

    private static ErrorModel Explain(HttpContext http)
    {
        if (http.Features.Get<AuthorizeErrorFeature>() is { } refused)
        {
            return ErrorModel.Authorize(refused);
        }

        if (http.Response.StatusCode == StatusCodes.Status400BadRequest && http.HasForeignForm())
        {
            return http.Request.Path == "/consent" ? ErrorModel.SomebodyElse(http.Request.Query["ticket"]) : ErrorModel.ForeignForm;
        }

        return ErrorModel.Of(http.Response.StatusCode);
    }

    private static async Task WriteAsync(HttpContext http, ErrorModel model)
    {
        if (!WantsHtml(http.Request) && http.Features.Get<AuthorizeErrorFeature>() is null)
        {
            return;
        }

        await ShowAsync(http, model);
    }

    // The code of RFC 6749 section 4.1.2.1, and nothing of what went wrong.
    private static Task WriteJsonAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers[CorrelationId.Header] = CorrelationId.Of(http);
        return http.Response.WriteAsJsonAsync(new { error = http.Response.StatusCode >= StatusCodes.Status500InternalServerError ? "server_error" : "invalid_request" });
    }

    public static bool WantsHtml(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
