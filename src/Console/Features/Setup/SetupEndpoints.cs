using System.Globalization;
using AdminConsole.Features.Errors;
using AdminConsole.Shared;
using AuthCore.Accounts;
using AuthCore.RateLimits;
using Microsoft.AspNetCore.Mvc;

namespace AdminConsole.Features.Setup;

/// <summary><c>/setup</c>: the first administrator, while there is none. Afterwards the page is gone.</summary>
internal static class SetupEndpoints
{
    public static LocalPath Path { get; } = LocalPath.Own("/setup");

    public static void MapSetup(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPage(Path.Value, Show);
        endpoints.MapForm(Path.Value, Complete).RequireRateLimiting(RateLimitPolicies.Setup);
    }

    private static async Task<IResult> Show(HttpContext http, IFirstRun firstRun, CancellationToken cancellationToken) =>
        await firstRun.IsNeededAsync(cancellationToken) ? Page.Show<SetupPage>(new SetupModel(null, [])) : Gone(http);

    private static async Task<IResult> Complete(
        [FromForm] string? code, [FromForm] string? email, [FromForm] string? password, [FromForm] string? repeated,
        HttpContext http, IFirstRun firstRun, PersonSignIn signIn, CancellationToken cancellationToken)
    {
        if (!await firstRun.IsNeededAsync(cancellationToken))
        {
            return Gone(http);
        }

        if (password != repeated)
        {
            return Again(email, "The two passwords differ.");
        }

        var outcome = await firstRun.CompleteAsync(code?.Trim() ?? "", email?.Trim() ?? "", password ?? "", cancellationToken);
        return await outcome.Match<ValueTask<IResult>>(
            async created =>
            {
                await signIn.BeginSessionAsync(created.User);
                return LocalPath.Own("/admin").SeeOther();
            },
            wrongCode => new(Again(email, "This is not the code that was printed when the server started. After ten wrong ones you have to wait for ten minutes.")),
            many => new(Wait(http, email, many.Wait)),
            alreadyDone => new(Gone(http)),
            busy => new(ErrorPages.ShowBusy(http, busy.RetryAfterSeconds)),
            refused => new(Again(email, [.. AccountWords.Of(refused.Problems)])));
    }

    private static IResult Again(string? email, params string[] reasons) =>
        Page.Show<SetupPage>(new SetupModel(email, reasons), StatusCodes.Status422UnprocessableEntity);

    private static IResult Wait(HttpContext http, string? email, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var minutes = Math.Ceiling(wait.TotalMinutes);
        return Page.Show<SetupPage>(
            new SetupModel(email, [$"Too many wrong codes came from your address. Wait {(minutes == 1 ? "a minute" : $"{minutes} minutes")}, then try once more. The code stays good."]),
            StatusCodes.Status429TooManyRequests);
    }

    private static IResult Gone(HttpContext http) => ErrorPages.Show(http, ErrorModel.Of(StatusCodes.Status404NotFound));
}
