using System.Globalization;
using System.Text.Json.Serialization;
using AuthCore.Http;
using AuthCore.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCore.RateLimits;

/// <summary>How an endpoint says no.</summary>
internal enum RefusalShape
{
    /// <summary>RFC 6749 §5.2.</summary>
    OAuth,

    /// <summary>A JSON-RPC error without an id: the body was not read.</summary>
    JsonRpc,

    /// <summary>No body: the host's status code page speaks to the person.</summary>
    Page,
}

/// <summary>429 (RFC 6585 §4), never kept by a cache, with the time to wait.</summary>
internal static class RateLimitRefusal
{
    private const int JsonRpcCode = -32000;

    public static Task WriteAsync(HttpContext context, RefusalShape shape, int retryAfterSeconds)
    {
        if (shape == RefusalShape.OAuth)
        {
            return OAuthError.TooManyRequests(retryAfterSeconds).ExecuteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        context.Response.Headers[CorrelationId.Header] = CorrelationId.Of(context);
        return shape == RefusalShape.JsonRpc
            ? new OAuthJson<JsonRpcRefusal>(new JsonRpcRefusal(), StatusCodes.Status429TooManyRequests).ExecuteAsync(context)
            : Task.CompletedTask;
    }

    private sealed record JsonRpcRefusal
    {
        [JsonPropertyName("jsonrpc")]
        public string Version { get; } = "2.0";

        [JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
        public object? Id { get; }

        [JsonPropertyName("error")]
        public JsonRpcError Error { get; } = new(JsonRpcCode, "Too many requests. Try again later.");
    }

    private sealed record JsonRpcError([property: JsonPropertyName("code")] int Code, [property: JsonPropertyName("message")] string Message);
}
