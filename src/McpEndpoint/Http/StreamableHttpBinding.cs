using System.Globalization;
using AuthCore.Storage;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Http;

/// <summary>
/// Answers one ASP.NET Core request as Streamable HTTP has it: no sessions. Most calls of tools are answered by <see cref="DirectCalls"/>, all else by the SDK's transport and a
/// server as short-lived as the request.
/// </summary>
internal sealed class StreamableHttpBinding(
    ServerSettings settings, DirectCalls calls, IHostApplicationLifetime lifetime, TimeProvider time, SdkLog sdkLog, ILogger<KeepAliveStream> logger)
{
    public async Task ServeAsync(HttpContext context, Caller caller, MessageEnvelope envelope)
    {
        var message = envelope.Message;
        message.Context = new JsonRpcMessageContext
        {
            // Null and not an anonymous principal: tools would take that for somebody.
            User = caller.Grant is null ? null : context.User,
            ProtocolVersion = envelope.HeaderVersion,
        };
        BeginEventStream(context);

        // Open streams must not hold up a host that stops.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await using var body = new KeepAliveStream(
            context.Response.Body, () => AskToComeBackIfBusy(context, caller), time, logger);
        if (!await calls.TryAnswerAsync(context, caller, envelope, body, ending.Token))
        {
            await ServeBySdkAsync(context, envelope, body, ending);
        }
    }

    private async Task ServeBySdkAsync(HttpContext context, MessageEnvelope envelope, KeepAliveStream body, CancellationTokenSource ending)
    {
        bool answered;
        var transport = new StreamableHttpServerTransport(sdkLog) { Stateless = true };
        await using (var server = McpServer.Create(transport, settings.Options, sdkLog, context.RequestServices))
        {
            var running = server.RunAsync(ending.Token);
            try
            {
                answered = await transport.HandlePostRequestAsync(envelope.Message, body, first => ChooseStatus(context, envelope, first), ending.Token);
            }
            finally
            {
                // In this order: the reader ends with the transport, and a handler that outlived its client ends with the token.
                await transport.DisposeAsync();
                await ending.CancelAsync();
                await running;
            }
        }

        if (!answered)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.ContentType = default;
        }
    }

    private static void BeginEventStream(HttpContext context)
    {
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
    }

    private static void AskToComeBackIfBusy(HttpContext context, Caller caller)
    {
        if (caller.FoundStorageBusy)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = StorageBusyException.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    // Streamable HTTP, "Sending Messages": some errors have a status of their own. Older clients expect 200 for all of them.
    private static ValueTask ChooseStatus(HttpContext context, MessageEnvelope envelope, JsonRpcMessage? first)
    {
        if (envelope.IsModern && !context.Response.HasStarted && first is JsonRpcError { Error.Code: var code })
        {
            context.Response.StatusCode = (McpErrorCode)code switch
            {
                McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
                McpErrorCode.HeaderMismatch or McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion =>
                    StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status200OK,
            };
        }

        return ValueTask.CompletedTask;
    }
}
