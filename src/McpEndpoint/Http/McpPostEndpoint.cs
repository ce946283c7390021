using AuthCore.Protocol;
using AuthCore.Storage;
using AuthCore.Telemetry;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>Streamable HTTP, "Sending Messages to the Server": one JSON-RPC message a request, in both eras of the protocol.</summary>
internal sealed class McpPostEndpoint(
    OriginGuard originGuard, BearerAuthentication bearer, ToolCatalog tools, ScopeGate gate, StreamableHttpBinding binding, ILogger<McpPostEndpoint> logger)
{
    /// <summary>Where the endpoint is; with the issuer in front, the resource that its tokens are for.</summary>
    public const string Path = "/mcp";

    // Whatever a client names ends up in the log no longer than this, and without control characters.
    private const int LongestLoggedName = 128;

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AnswerAsync(context);
        }
        catch (StorageBusyException busy) when (!context.Response.HasStarted)
        {
            Log.RequestFoundStorageBusy(logger, busy);
            await RefusalWriter.WriteAsync(context, StorageBusy());
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up, which is how it cancels: there is nobody left to answer.
            Log.ClientWentAway(logger);
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            // The host's own error page speaks OAuth or HTML, and neither belongs here.
            var reference = CorrelationId.Of(context);
            Log.RequestFailed(logger, reference, failure);
            context.Response.Clear();
            await RefusalWriter.WriteAsync(context, Failed(reference));
        }
    }

    /// <summary>Nothing was written; the same request may be sent again.</summary>
    public static Refusal StorageBusy() =>
        new(StatusCodes.Status503ServiceUnavailable, McpErrorCode.InternalError, "The server is busy. Try again in a few seconds.")
        {
            RetryAfterSeconds = StorageBusyException.RetryAfterSeconds,
        };

    private static Refusal Failed(string reference) =>
        new(StatusCodes.Status500InternalServerError, McpErrorCode.InternalError, $"The server failed. Reference: {reference}.");

    private async Task AnswerAsync(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<Caller>();
        caller.CorrelationId = CorrelationId.Of(context);
        var refusal = originGuard.Check(context.Request)
            ?? MessageReader.CheckLength(context)
            ?? bearer.Authenticate(context, caller)
            ?? MediaTypeCheck.Check(context.Request);
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        var reading = await MessageReader.ReadAsync(context.Request);
        await reading.Match(
            read => DispatchAsync(context, caller, read.Message),
            refused => RefuseAsync(context, refused.Why));
    }

    private async Task DispatchAsync(HttpContext context, Caller caller, JsonRpcMessage message)
    {
        var envelope = new MessageEnvelope(message, context.Request.Headers, tools);
        if ((EnvelopeChecks.Check(envelope) ?? await gate.CheckAsync(message, caller, context.RequestAborted)) is { } refusal)
        {
            await RefuseAsync(context, refusal, envelope);
        }
        else if (envelope.IsRequest)
        {
            Handshake.OfferVersion(envelope);
            await binding.ServeAsync(context, caller, envelope);
        }
        else
        {
            // Without sessions a notification or a late answer belongs to nothing here.
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private Task RefuseAsync(HttpContext context, Refusal refusal, MessageEnvelope? envelope = null)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.Refused(logger, UntrustedText.Clean(envelope?.Method ?? "an unread message", LongestLoggedName), refusal.Status, refusal.Message);
        }

        return RefusalWriter.WriteAsync(context, refusal, (envelope?.Message as JsonRpcMessageWithId)?.Id ?? default);
    }
}
