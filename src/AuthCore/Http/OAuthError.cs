using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AuthCore.Storage;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Http;

/// <summary>
/// The JSON error of RFC 6749 §5.2 and of everything that builds on it. A description is a fixed sentence: it holds nothing of the request.
/// </summary>
internal sealed record OAuthError(string Code, string Description, int Status = StatusCodes.Status400BadRequest, int? RetryAfterSeconds = null) : IResult
{
    /// <summary>The one answer to every failure of client authentication, so that no failure tells more than another.</summary>
    public static OAuthError InvalidClient { get; } = new("invalid_client", "Client authentication failed.", StatusCodes.Status401Unauthorized);

    /// <summary>The database cannot take a write now.</summary>
    public static OAuthError Busy { get; } = new(
        "temporarily_unavailable", "The server is busy. Try again soon.", StatusCodes.Status503ServiceUnavailable, StorageBusyException.RetryAfterSeconds);

    public static OAuthError TooManyRequests(int retryAfterSeconds) => new(
        "temporarily_unavailable", "Too many requests. Try again later.", StatusCodes.Status429TooManyRequests, retryAfterSeconds);

    public static OAuthError InvalidRequest(string description) => new("invalid_request", description);

    public static OAuthError InvalidGrant(string description) => new("invalid_grant", description);

    public static OAuthError InvalidScope(string description) => new("invalid_scope", description);

    /// <summary>RFC 8707 §2.</summary>
    public static OAuthError InvalidTarget(string description) => new("invalid_target", description);

    /// <summary>The user is needed (OpenID Connect Core §3.1.2.6; RFC 6749 §8.5 lets an extension use it here).</summary>
    public static OAuthError InteractionRequired(string description) => new("interaction_required", description);

    /// <summary>The server does not want to (RFC 6749 §4.1.2.1, and RFC 8628 §3.5 for the token endpoint).</summary>
    public static OAuthError AccessDenied(string description) => new("access_denied", description);

    public static OAuthError UnauthorizedClient(string description) => new("unauthorized_client", description);

    public static OAuthError UnsupportedGrantType(string description) => new("unsupported_grant_type", description);

    /// <summary>RFC 7591 §3.2.2.</summary>
    public static OAuthError InvalidRedirectUri(string description) => new("invalid_redirect_uri", description);

    /// <summary>RFC 7591 §3.2.2.</summary>
    public static OAuthError InvalidClientMetadata(string description) => new("invalid_client_metadata", description);

    /// <summary>Writes the error. A 401 carries the challenge that RFC 9110 §15.5.2 asks for; 429 and 503 say when to come back.</summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Status == StatusCodes.Status401Unauthorized)
        {
            httpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"oauth\", charset=\"UTF-8\"";
        }

        if (RetryAfterSeconds is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        httpContext.Response.Headers[CorrelationId.Header] = CorrelationId.Of(httpContext);
        return new OAuthJson<Body>(new Body(Code, Description), Status).ExecuteAsync(httpContext);
    }

    internal sealed record Body(
        [property: JsonPropertyName("error")] string Error,
        [property: JsonPropertyName("error_description")] string Description);
}

/// <summary>A JSON answer that no cache may keep (RFC 6749 §5.1, RFC 7591 §3.2.1). Members without a value are left out.</summary>
internal sealed record OAuthJson<T>(T Value, int Status = StatusCodes.Status200OK) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers[HeaderNames.CacheControl] = "no-store";
        httpContext.Response.Headers[HeaderNames.Pragma] = "no-cache";
        return httpContext.Response.WriteAsJsonAsync(Value, OAuthJson.Options, "application/json", httpContext.RequestAborted);
    }
}

/// <summary>How protocol answers are written as JSON.</summary>
internal static class OAuthJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
