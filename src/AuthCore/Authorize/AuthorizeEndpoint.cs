using System.Text;
using AuthCore.Clients;
using AuthCore.Hosting;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AuthCore.Authorize;

/// <summary><c>GET</c> and <c>POST /authorize</c>: RFC 6749 §3.1. Changes nothing, so that it may be repeated.</summary>
internal sealed class AuthorizeEndpoint(
    ClientStore clients, ScopeCatalog catalog, PublicOrigin origin, AuthorizeTickets tickets, ErrorAnswers errors,
    PendingAuthorizations pending, IOptions<AuthCoreOptions> host, TimeProvider time, ILogger<AuthorizeEndpoint> logger)
{
    private const int MaxBodyLength = 16 * 1024;

    public static async Task<IResult> HandleAsync(HttpContext context, AuthorizeEndpoint endpoint)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return await endpoint.AnswerAsync(context, RequestParameters.Parse(Encoding.UTF8.GetBytes((context.Request.QueryString.Value ?? "").TrimStart('?'))));
        }

        var body = await RequestBody.ReadAsync(context.Request, new byte[MaxBodyLength + 1]);
        return await body.Match(
            read => context.Request.HasFormContentType
                ? endpoint.AnswerAsync(context, RequestParameters.Parse(read.Bytes.Span))
                : Task.FromResult(Results.StatusCode(StatusCodes.Status415UnsupportedMediaType)),
            tooLarge => Task.FromResult(Results.StatusCode(StatusCodes.Status413PayloadTooLarge)),
            unreadable => Task.FromResult(Results.StatusCode(unreadable.Status)));
    }

    private async Task<IResult> AnswerAsync(HttpContext context, RequestParameters parameters)
    {
        var attempt = await ReadAsync(parameters, context.RequestAborted);
        if (AuthorizeChecks.BeforeRedirectIsTrusted.First(attempt) is { } untrusted)
        {
            Log.RefusedHere(logger, untrusted.Error, untrusted.Explanation);
            return new LocalError(untrusted);
        }

        if (AuthorizeChecks.OnceRedirectIsTrusted.First(attempt) is { } problem)
        {
            return await errors.ForAsync(context, attempt, problem);
        }

        var session = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return attempt.Silent ? await errors.ForAsync(context, attempt, SilentProblem(session)) : ToPage(attempt, session);
    }

    private async Task<AuthorizeAttempt> ReadAsync(RequestParameters parameters, CancellationToken cancellationToken)
    {
        var clientId = parameters["client_id"];
        var client = clientId is null ? null : await clients.FindAsync(clientId, cancellationToken);
        return new AuthorizeAttempt(parameters, client, catalog, origin, time.GetUtcNow());
    }

    /// <summary>Consent is asked each time, so that nothing can be granted without a page.</summary>
    private static AuthorizeProblem SilentProblem(AuthenticateResult session) => session.Succeeded
        ? new("consent_required", "The user must be asked.")
        : new("login_required", "The user must sign in.");

    private SeeOther ToPage(AuthorizeAttempt attempt, AuthenticateResult session)
    {
        var client = attempt.Client!;
        pending.NoteSent(client);
        var ticket = tickets.Seal(new AuthorizeTicket(
            AuthorizeTickets.NewId(), attempt.Now, client.ClientId, attempt.RedirectUri, attempt.State, attempt.Challenge.Value,
            attempt.Resource, attempt.Scopes.ToString(), attempt.AuthenticatedSince));
        var page = session.Succeeded ? host.Value.ConsentPath : host.Value.LoginPath;
        return new SeeOther(QueryHelpers.AddQueryString(page, "ticket", ticket));
    }
}

/// <summary>A redirect that turns a POST into a GET and repeats no body (RFC 9700 §4.12).</summary>
internal sealed record SeeOther(string Location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = Location;
        return Task.CompletedTask;
    }

    public override string ToString() => "(redirect)";
}

/// <summary>An error that does not leave this server by itself: JSON for programs that ask for it, otherwise left to the host's error page.</summary>
internal sealed record LocalError(AuthorizeProblem Problem, AuthorizeErrorDestination? Onward = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (httpContext.Request.GetTypedHeaders().Accept is [{ } only] && only.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            var status = Problem.Error == "invalid_client" ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
            return new OAuthJson<OAuthError.Body>(new OAuthError.Body(Problem.Error, Problem.Explanation), status).ExecuteAsync(httpContext);
        }

        httpContext.Features.Set(new AuthorizeErrorFeature(Problem.Error, Problem.Explanation, Onward));
        httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    public override string ToString() => "(local error)";
}
