using System.Globalization;
using System.Text;
using AuthCore.Http;
using AuthCore.Protocol;
using AuthCore.ResourceServer;

namespace AuthCore.Authorize;

/// <summary>
/// The checks of an authorization request in their order. The table that a check stands in decides how its failure is answered.
/// </summary>
internal static class AuthorizeChecks
{
    /// <summary>The longest <c>state</c> that is carried, in bytes of UTF-8.</summary>
    public const int MaxStateLength = 4096;

    /// <summary>Until these have passed, nothing that the request says about where to go may be believed: failures stay on a page here.</summary>
    public static readonly Func<AuthorizeAttempt, AuthorizeProblem?>[] BeforeRedirectIsTrusted = [ClientIsKnown, RedirectUriIsRegistered];

    /// <summary>From here on failures are for the client, with <c>state</c> and <c>iss</c>; <see cref="ErrorAnswers"/> decides how they get there.</summary>
    public static readonly Func<AuthorizeAttempt, AuthorizeProblem?>[] OnceRedirectIsTrusted =
    [
        NothingIsRepeated, NoRequestObject, StateIsBounded, ResponseTypeIsCode, ResponseModeIsQuery, ClientMayUseCodes,
        ChallengeIsS256, ResourceIsOurs, ScopesAreKnown, PromptIsUnderstood, MaxAgeIsUnderstood,
    ];

    public static AuthorizeProblem? First(this Func<AuthorizeAttempt, AuthorizeProblem?>[] checks, AuthorizeAttempt attempt) =>
        checks.Select(check => check(attempt)).FirstOrDefault(problem => problem is not null);

    private static AuthorizeProblem? ClientIsKnown(AuthorizeAttempt attempt) =>
        attempt.Parameters.IsRepeated("client_id") || attempt.Parameters["client_id"] is null
            ? new("invalid_request", "The application did not say who it is. Go back to it and start again.")
            : attempt.Client is { DisabledAt: null }
                ? null
                : new("invalid_client", "The application that sent you here is not known to this server, or has been turned off. Remove its saved connection there and connect again.");

    /// <summary>RFC 6749 §3.1.2.3, §3.1.2.4: left out only when there is one, and never sent to another.</summary>
    private static AuthorizeProblem? RedirectUriIsRegistered(AuthorizeAttempt attempt)
    {
        var registered = attempt.Client!.RedirectUris;
        var presented = attempt.Parameters["redirect_uri"] ?? (registered.Count == 1 ? registered[0] : null);
        if (presented is null || attempt.Parameters.IsRepeated("redirect_uri") || !registered.Any(uri => RedirectUri.Matches(uri, presented)))
        {
            return new("invalid_request", "The application asked for the answer to be sent to an address that it has not registered. Nothing was sent there. Tell the application's maker.");
        }

        attempt.RedirectUri = presented;
        return null;
    }

    private static AuthorizeProblem? NothingIsRepeated(AuthorizeAttempt attempt) =>
        attempt.Parameters.HasRepeated || attempt.Parameters.IsMalformed ? new("invalid_request", "A parameter is repeated or not properly encoded.") : null;

    /// <summary>RFC 9101 is not offered (OpenID Connect Core §3.1.2.6 has the errors), and nothing is ever fetched.</summary>
    private static AuthorizeProblem? NoRequestObject(AuthorizeAttempt attempt) =>
        attempt.Parameters["request"] is not null ? new("request_not_supported", "Request objects are not supported.")
        : attempt.Parameters["request_uri"] is not null ? new("request_uri_not_supported", "Request objects are not supported.")
        : null;

    private static AuthorizeProblem? StateIsBounded(AuthorizeAttempt attempt) =>
        attempt.State is { } state && Encoding.UTF8.GetByteCount(state) > MaxStateLength ? new("invalid_request", "The state is too long.") : null;

    private static AuthorizeProblem? ResponseTypeIsCode(AuthorizeAttempt attempt) =>
        attempt.Parameters["response_type"] == "code" ? null : new("unsupported_response_type", "The response type must be code.");

    private static AuthorizeProblem? ResponseModeIsQuery(AuthorizeAttempt attempt) =>
        attempt.Parameters["response_mode"] is null or "query" ? null : new("invalid_request", "The response mode must be query.");

    private static AuthorizeProblem? ClientMayUseCodes(AuthorizeAttempt attempt) =>
        attempt.Client!.Allows(GrantTypes.AuthorizationCode) ? null : new("unauthorized_client", "The client is not registered for authorization codes.");

    /// <summary>RFC 7636 §4.4.1, OAuth 2.1 §4.1.1: a challenge without a method would be <c>plain</c>, which is refused.</summary>
    private static AuthorizeProblem? ChallengeIsS256(AuthorizeAttempt attempt)
    {
        if (attempt.Parameters["code_challenge_method"] != PkceChallenge.Method || !PkceChallenge.TryParse(attempt.Parameters["code_challenge"], out var challenge))
        {
            return new("invalid_request", "An S256 code challenge is required.");
        }

        attempt.Challenge = challenge.Value;
        return null;
    }

    private static AuthorizeProblem? ResourceIsOurs(AuthorizeAttempt attempt)
    {
        var asked = attempt.Parameters.Resources.Select(resource => ResourceIndicator.Canonicalize(resource, attempt.Origin)).Distinct().ToArray();
        if (asked.Length > 1 || asked is [null])
        {
            return new("invalid_target", "The resource is not served here.");
        }

        attempt.Resource = asked is [{ } one] ? one : attempt.Origin.DefaultResource;
        return null;
    }

    private static AuthorizeProblem? ScopesAreKnown(AuthorizeAttempt attempt)
    {
        if (!ScopeSet.TryParse(attempt.Parameters["scope"], out var scopes) || scopes.Any(scope => attempt.Catalog.Find(scope) is null))
        {
            return new("invalid_scope", "A scope is unknown or malformed.");
        }

        var allowed = attempt.Client!.Scope is { } registered && ScopeSet.TryParse(registered, out var set) ? set : null;
        var asked = scopes.Count > 0 ? scopes : ScopeSet.Of(attempt.Catalog.All.Where(scope => scope.Advertised && scope.Name != ScopeCatalog.OfflineAccess).Select(scope => scope.Name));
        if (allowed is not null && scopes.Count == 0)
        {
            asked = asked.Intersect(allowed);
        }

        // A client steps up by asking for more than it registered with; only an administrator's list is a limit.
        if (allowed is not null && attempt.Client.Origin == Clients.ClientOrigin.Preregistered && !asked.IsSubsetOf(allowed))
        {
            return new("invalid_scope", "The client may not ask for one of these scopes.");
        }

        attempt.Scopes = asked;
        return null;
    }

    /// <summary>OpenID Connect Core §3.1.2.1, which MCP clients use without OpenID.</summary>
    private static AuthorizeProblem? PromptIsUnderstood(AuthorizeAttempt attempt)
    {
        var prompts = attempt.Parameters["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (prompts.Any(prompt => prompt is not ("none" or "login" or "consent" or "select_account")) || (prompts.Contains("none") && prompts.Length > 1))
        {
            return new("invalid_request", "The prompt is not understood.");
        }

        attempt.Silent = prompts.Contains("none");
        attempt.AuthenticatedSince = prompts.Contains("login") ? attempt.Now : null;
        return null;
    }

    private static AuthorizeProblem? MaxAgeIsUnderstood(AuthorizeAttempt attempt)
    {
        if (attempt.Parameters["max_age"] is not { } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return new("invalid_request", "The max_age is not a number of seconds.");
        }

        attempt.AuthenticatedSince ??= attempt.Now - TimeSpan.FromSeconds(seconds);
        return null;
    }
}
