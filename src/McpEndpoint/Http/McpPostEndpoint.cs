using System.Diagnostics;
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
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client hung up, which is how it cancels: there is nobody left to answer.
            Log.ClientWentAway(logger);
        }
    }

    /// <summary>Nothing was written; the same request may be sent again.</summary>
    public static Refusal StorageBusy() =>
        new(StatusCodes.Status503ServiceUnavailable, McpErrorCode.InternalError, "The server is busy. Try again in a few seconds.")
        {
            RetryAfterSeconds = StorageBusyException.RetryAfterSeconds,
        };

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

        switch (await MessageReader.ReadAsync(context.Request, context.RequestAborted))
        {
            case MessageReading.Refused(var why):
                await RefuseAsync(context, why);
                break;
            case MessageReading.Read(var message):
                await DispatchAsync(context, caller, message);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private async Task DispatchAsync(HttpContext context, Caller caller, JsonRpcMessage message)
    {
        var envelope = new MessageEnvelope(message, context.Request.Headers, tools);
        var refusal = EnvelopeChecks.Check(envelope) ?? await gate.CheckAsync(message, caller.Grant, context.RequestAborted);
        if (refusal is null)
        {
            await binding.ServeAsync(context, caller, envelope);
        }
        else
        {
            await RefuseAsync(context, refusal, (message as JsonRpcMessageWithId)?.Id ?? default);
        }
    }

    private Task RefuseAsync(HttpContext context, Refusal refusal, RequestId id = default)
    {
        Log.Refused(logger, refusal.Status, refusal.Message);
        return RefusalWriter.WriteAsync(context, refusal, id);
    }
}
