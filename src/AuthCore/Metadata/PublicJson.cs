using System.Text.Json;
using AuthCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace AuthCore.Metadata;

/// <summary>JSON that is the same for everybody and may be cached for five minutes: short enough that a new key is seen before it is needed.</summary>
internal sealed record PublicJson<T>(T Value) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Value, OAuthJson.Options);
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.ContentLength = body.Length;
        httpContext.Response.Headers[HeaderNames.CacheControl] = "public, max-age=300";
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
