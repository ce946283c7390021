using System.Text.Json;
using AuthCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Metadata;

/// <summary>
/// JSON that is the same for everybody, written once. It may be cached for five minutes: short enough that a new key is seen before it is needed.
/// </summary>
internal sealed class PublicJson(byte[] body)
{
    public static PublicJson Of<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, OAuthJson.Options));

    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers[HeaderNames.CacheControl] = "public, max-age=300";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
