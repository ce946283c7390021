using System.Security.Claims;
using AuthCore.Clients;
using AuthCore.Grants;
using AuthCore.Protocol;
using AuthCore.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AuthCore.Authorize;

/// <summary>
/// Decides how an error gets to a client whose redirect URI is registered: by itself, or by a link on a page here. Anybody can register any address, and must not thereby
/// make this server send people there (RFC 9700 §4.11.2).
/// </summary>
internal sealed class ErrorAnswers(IReadDatabase database, AuthorizationResponse response, TimeProvider time, ILogger<ErrorAnswers> logger)
{
    public async Task<IResult> ForAsync(HttpContext context, AuthorizeAttempt attempt, AuthorizeProblem problem)
    {
        var address = response.WithError(attempt.RedirectUri, problem.Error, problem.Explanation, attempt.State);
        var destination = RedirectUri.FromStorage(attempt.RedirectUri);
        if (await MayGoByItselfAsync(context, attempt.Client!, destination))
        {
            Log.RefusedAtClient(logger, attempt.Client!.ClientId, problem.Error, problem.Explanation);
            return new SeeOther(address.OriginalString);
        }

        Log.StoppedHere(logger, attempt.Client!.ClientId, destination.Display, problem.Error, problem.Explanation);
        return new LocalError(problem, new AuthorizeErrorDestination(AnswerDestination.Of(destination), address));
    }

    /// <summary>
    /// An administrator chose the address, or it is on this computer, or this person lets this client receive answers there now. A private-use scheme is no better
    /// than a web site: any app may have claimed it, and its maker wrote what the link opens it with.
    /// </summary>
    private async Task<bool> MayGoByItselfAsync(HttpContext context, Client client, RedirectUri destination)
    {
        if (client.Origin == ClientOrigin.Preregistered || destination.IsLoopback)
        {
            return true;
        }

        var session = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (session.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await using var db = database.Open();
        return await db.Families().AnyAsync(
            family => family.UserId == userId && family.ClientId == client.ClientId && family.RedirectHost == destination.Display && family.RevokedAt == null && family.ExpiresAt > now,
            context.RequestAborted);
    }
}
