using System.Globalization;
using AuthCore.Http;
using AuthCore.Storage;
using Microsoft.AspNetCore.Http;

namespace AuthCore.Database;

/// <summary>A write that could not be taken, or a read under a lock, is 503 with <c>Retry-After</c>, wherever it happened, and never a 500 or half an answer.</summary>
internal sealed class BusyStorage(RequestDelegate next, IReadDatabase database)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted && (exception is StorageBusyException || database.IsUnavailability(exception)))
        {
            context.Response.Clear();
            if (context.GetEndpoint()?.Metadata.GetMetadata<ProtocolEndpoint>() is not null)
            {
                await OAuthError.Busy.ExecuteAsync(context);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = StorageBusyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>Marks an endpoint whose errors are JSON (RFC 6749 §5.2).</summary>
internal sealed class ProtocolEndpoint;
