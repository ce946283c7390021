using AuthCore.Hooks;
using AuthCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Tools;

/// <summary>Stands around every call of a tool: who may, with which arguments, and what a failure may say.</summary>
internal sealed class ToolGuard(IDecisionHooks hooks, ILogger<ToolGuard> logger)
{
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Around(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        async (request, cancellationToken) =>
        {
            var caller = request.Services!.GetRequiredService<Caller>();
            var tool = Permitted(request, caller);
            var name = tool.ProtocolTool.Name;
            if (ArgumentCheck.Problem(tool, request.Params?.Arguments) is { } problem)
            {
                Log.ArgumentsRefused(logger, name);
                return ToolAnswers.Error($"Nothing was done: the arguments of {name} are not what its input schema describes. {problem} Call {name} again with that corrected.");
            }

            try
            {
                return await hooks.DecideAsync(CallingTool.Of(name, caller, request.Params?.Arguments), cancellationToken) is Verdict.Refused
                    ? ToolAnswers.Error($"Nothing was done: the server does not allow this call of {name}.")
                    : await next(request, cancellationToken);
            }
            catch (Exception gone) when (gone is not StorageBusyException && cancellationToken.IsCancellationRequested)
            {
                // Whatever a tool throws once its client has hung up, nobody waits for it.
                Log.ClientLeft(logger, name, gone.GetType().Name);
                throw new OperationCanceledException(cancellationToken);
            }
            catch (StorageBusyException busy)
            {
                caller.FoundStorageBusy = true;
                Log.ToolFoundStorageBusy(logger, name, caller.CorrelationId, busy);
                throw new McpProtocolException("The server is busy and nothing was changed. Try again in a few seconds.", busy, McpErrorCode.InternalError);
            }
            catch (McpException explained) when (explained is not McpProtocolException)
            {
                return ToolAnswers.Error(explained.Message);
            }
            catch (Exception failure) when (failure is not (McpProtocolException or InputRequiredException))
            {
                Log.ToolFailed(logger, name, caller.CorrelationId, failure);
                return ToolAnswers.Error(Failed(caller.CorrelationId));
            }
        };

    /// <summary>All that a caller hears of an unexpected failure.</summary>
    public static string Failed(string correlationId) => $"The tool failed. Reference: {correlationId}.";

    // The gate has asked before dispatch; a call that reaches this point some other way is refused all the same.
    private static McpServerTool Permitted(RequestContext<CallToolRequestParams> request, Caller caller)
    {
        if (request.MatchedPrimitive is not McpServerTool tool)
        {
            throw new McpProtocolException("There is no such tool. See tools/list.", McpErrorCode.InvalidParams);
        }

        return tool.Metadata.OfType<ToolDefinition>().Single().Access.Decide(caller.Grant) is AccessDecision.Allowed
            ? tool
            : throw new McpProtocolException("This access token may not call this tool.", McpErrorCode.InvalidRequest);
    }
}
