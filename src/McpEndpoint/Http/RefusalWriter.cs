using System.Globalization;
using System.Text.Json;
using McpEndpoint.Http.Envelope;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>Writes a refusal as one JSON object; it is no stream, because nothing can follow it.</summary>
internal static class RefusalWriter
{
    public static Task WriteAsync(HttpContext context, Refusal refusal, RequestId id = default)
    {
        var response = context.Response;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        if (refusal.Challenge is not null)
        {
            response.Headers.WWWAuthenticate = refusal.Challenge;
        }

        if (refusal.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var error = new JsonRpcError
        {
            Id = id,
            Error = new JsonRpcErrorDetail { Code = (int)refusal.Code, Message = refusal.Message, Data = refusal.Data },
        };
        return JsonSerializer.SerializeAsync(
            response.Body, error, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)), context.RequestAborted);
    }
}
