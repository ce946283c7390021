using System.Buffers.Text;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using AuthCore.Consent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace UnitTests.AuthCore.TestKit;

/// <summary>What a client was given.</summary>
internal sealed record Tokens(string Access, string? Refresh, string Scope, long ExpiresIn);

/// <summary>The way of a client from <c>/authorize</c> to tokens, in steps that a test may take one by one or all at once.</summary>
internal static class Authorizing
{
    public const string Callback = "http://127.0.0.1/callback";
    public const string Verifier = "a.verifier_that~is-long-enough.0123456789.abcdefgh";

    public static string Challenge { get; } = ChallengeOf(Verifier);

    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>A proper authorization request. A change replaces a parameter, or leaves it out when it is null.</summary>
    public static string AuthorizeUrl(params (string Name, string? Value)[] changes) =>
        QueryHelpers.AddQueryString("/authorize", Changed(
            [
                ("response_type", "code"), ("client_id", "client-1"), ("redirect_uri", Callback), ("scope", "read:secret"), ("state", "state-1"),
                ("code_challenge", Challenge), ("code_challenge_method", "S256"),
            ],
            changes));

    public static Task<HttpResponseMessage> AuthorizeAsync(this AuthServer server, params (string Name, string? Value)[] changes) =>
        server.Http.GetAsync(AuthorizeUrl(changes));

    /// <summary>The ticket with which <c>/authorize</c> sends a browser to a page.</summary>
    public static async Task<string> TicketAsync(this AuthServer server, params (string Name, string? Value)[] changes)
    {
        var answer = await server.AuthorizeAsync(changes);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return answer.LocationQuery().ShouldContainKeyAndGet("ticket");
    }

    /// <summary>The ticket as the consent page has it, bound to a person.</summary>
    public static async Task<string> BoundTicketAsync(this AuthServer server, ClaimsPrincipal person, params (string Name, string? Value)[] changes) =>
        (await server.Get<IConsentInteraction>().OpenAsync(await server.TicketAsync(changes), person)).ShouldBeOfType<ConsentOpening.Ready>().Request.BoundTicket;

    public static Task<ConsentOutcome> AnswerAsync(this AuthServer server, ClaimsPrincipal person, string boundTicket, bool allow = true, params string[] scopes) =>
        server.Get<IConsentInteraction>().AnswerAsync(new ConsentAnswer(boundTicket, allow, scopes), person);

    /// <summary>A code for which the person ticked every scope that was asked.</summary>
    public static async Task<string> CodeAsync(this AuthServer server, ClaimsPrincipal person, params (string Name, string? Value)[] changes)
    {
        var opening = await server.Get<IConsentInteraction>().OpenAsync(await server.TicketAsync(changes), person);
        var request = opening.ShouldBeOfType<ConsentOpening.Ready>().Request;
        var outcome = await server.AnswerAsync(person, request.BoundTicket, allow: true, [.. request.Scopes.Select(scope => scope.Name)]);
        return outcome.Query().ShouldContainKeyAndGet("code");
    }

    public static Task<HttpResponseMessage> RedeemAsync(this AuthServer server, string code, params (string Name, string? Value)[] changes) =>
        server.PostFormAsync("/token", Form(
            [("grant_type", "authorization_code"), ("client_id", "client-1"), ("code", code), ("redirect_uri", Callback), ("code_verifier", Verifier)], changes));

    public static Task<HttpResponseMessage> RefreshAsync(this AuthServer server, string refreshToken, params (string Name, string? Value)[] changes) =>
        server.PostFormAsync("/token", Form([("grant_type", "refresh_token"), ("client_id", "client-1"), ("refresh_token", refreshToken)], changes));

    public static Task<HttpResponseMessage> RefreshFromAsync(this AuthServer server, string address, string refreshToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/token")
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "refresh_token"), new("client_id", "client-1"), new("refresh_token", refreshToken),
            ]),
        };
        request.Headers.Add(AuthServer.AddressHeader, address);
        return server.Http.SendAsync(request);
    }

    /// <summary>The whole way.</summary>
    public static async Task<Tokens> ConnectAsync(this AuthServer server, ClaimsPrincipal person, params (string Name, string? Value)[] changes) =>
        await (await server.RedeemAsync(await server.CodeAsync(person, changes))).TokensAsync();

    public static async Task<Tokens> TokensAsync(this HttpResponseMessage answer)
    {
        var json = await answer.JsonAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToString());
        return new Tokens(
            json.GetProperty("access_token").GetString()!,
            json.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null,
            json.GetProperty("scope").GetString()!,
            json.GetProperty("expires_in").GetInt64());
    }

    public static Dictionary<string, string?> LocationQuery(this HttpResponseMessage answer) =>
        QueryOf(answer.Headers.Location.ShouldNotBeNull().OriginalString);

    public static Dictionary<string, string?> Query(this ConsentOutcome outcome) =>
        QueryOf(outcome.ShouldBeOfType<ConsentOutcome.Redirect>().Location.OriginalString);

    /// <summary>A session cookie as the login page would set it.</summary>
    public static async Task<string> SignInAsync(this AuthServer server, ClaimsPrincipal person)
    {
        var answer = await server.Http.PostAsync($"/test/sign-in/{person.UserId()}", null);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public static void MapSignIn(this WebApplication app) => app.MapPost("/test/sign-in/{userId}", (string userId, HttpContext context) => context.SignInAsync(
        IdentityConstants.ApplicationScheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, userId)], IdentityConstants.ApplicationScheme))));

    private static Dictionary<string, string?> QueryOf(string location) =>
        QueryHelpers.ParseQuery(new Uri(new Uri(AuthServer.Issuer), location).Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);

    private static (string Name, string Value)[] Form((string Name, string? Value)[] proper, (string Name, string? Value)[] changes) =>
        [.. Changed(proper, changes).Select(field => (field.Key, field.Value!))];

    private static IEnumerable<KeyValuePair<string, string?>> Changed((string Name, string? Value)[] proper, (string Name, string? Value)[] changes) =>
        proper.Where(field => changes.All(change => change.Name != field.Name)).Concat(changes)
            .Where(field => field.Value is not null)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));

    private static string ShouldContainKeyAndGet(this Dictionary<string, string?> query, string name)
    {
        query.ShouldContainKey(name);
        return query[name]!;
    }
}
