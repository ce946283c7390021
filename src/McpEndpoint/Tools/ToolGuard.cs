using AuthCore.Storage;
using McpEndpoint.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Tools;

/// <summary>Stands around every call of a tool: who may, with which arguments, and what a failure may say.</summary>
internal sealed class ToolGuard(ILogger<ToolGuard> logger)
{
    public McpRequestHandler<CallToolRequestParams, CallToolResult> Around(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        async (request, cancellationToken) =>
        {
            var caller = request.Services!.GetRequiredService<Caller>();
            var definition = Permitted(request, caller);
            try
            {
                return await next(request, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (StorageBusyException busy)
            {
                caller.FoundStorageBusy = true;
                Log.ToolFoundStorageBusy(logger, definition.Name, caller.CorrelationId, busy);
                throw new McpProtocolException("The server is busy and nothing was changed. Try again in a few seconds.", McpErrorCode.InternalError);
            }
            catch (Exception failure) when (failure is not (McpException or InputRequiredException))
            {
                Log.ToolFailed(logger, definition.Name, caller.CorrelationId, failure);
                return ToolAnswers.Error(Failed(caller.CorrelationId));
            }
        };

    /// <summary>All that a caller hears of an unexpected failure.</summary>
    public static string Failed(string correlationId) => $"The tool failed. Reference: {correlationId}.";

    // The gate has asked before dispatch; a call that reaches this point some other way is refused all the same.
    private static ToolDefinition Permitted(RequestContext<CallToolRequestParams> request, Caller caller)
    {
        if (request.MatchedPrimitive is not McpServerTool tool)
        {
            throw new McpProtocolException("There is no such tool. See tools/list.", McpErrorCode.InvalidParams);
        }

        var definition = tool.Metadata.OfType<ToolDefinition>().Single();
        if (definition.Access.Decide(caller.Grant) is not AccessDecision.Allowed)
        {
            throw new McpProtocolException("This access token may not call this tool.", McpErrorCode.InvalidRequest);
        }

        return ArgumentCheck.Problem(tool.ProtocolTool.InputSchema, request.Params?.Arguments) is { } problem
            ? throw new McpProtocolException($"Invalid arguments for {definition.Name}: {problem}", McpErrorCode.InvalidParams)
            : definition;
    }
}
