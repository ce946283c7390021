using System.Text.Json.Nodes;
using AuthCore.Protocol;
using AuthCore.ResourceServer;
using McpEndpoint.Confirmation;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>
/// Refuses a call before dispatch, while there still is a status line for the challenge. It looks at the parsed message, because every other
/// reading of the body could differ from the one that is executed.
/// </summary>
internal sealed class ScopeGate(ToolCatalog tools, PendingActions pending, BearerChallenge challenge, IAccessTokenValidator tokens)
{
    public async ValueTask<Refusal?> CheckAsync(JsonRpcMessage message, Caller caller, CancellationToken cancellationToken)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: JsonObject call }
            || MessageEnvelope.Text(call["name"]) is not { } name || tools.Find(name) is not { } tool)
        {
            return null;
        }

        // A confirmation needs what the prepared tool needs; a client that lost a scope in between is told which to ask for.
        var prepared = caller.Grant is not null && tool.Tool is ConfirmRequestTool ? await FindPreparedAsync(call, caller, cancellationToken) : null;
        return Refuse((prepared ?? tool).Definition, caller.Grant);
    }

    private async ValueTask<ToolCatalog.Entry?> FindPreparedAsync(JsonObject call, Caller caller, CancellationToken cancellationToken) =>
        MessageEnvelope.Text((call["arguments"] as JsonObject)?[ConfirmRequestTool.TokenArgument]) is { } token
        && await pending.FindToolAsync(TokenHash.Of(token), caller, cancellationToken) is { } name
            ? tools.Find(name)
            : null;

    private Refusal? Refuse(ToolDefinition tool, AccessGrant? grant) => tool.Access.Decide(grant).Match<Refusal?>(
        allowed: _ => null,
        signInNeeded => AskToSignIn(tool, signInNeeded.Scopes),
        scopeNeeded => AskForMore(tool, scopeNeeded.Scopes, grant!));

    private Refusal AskToSignIn(ToolDefinition tool, ScopeSet scopes) =>
        new(StatusCodes.Status401Unauthorized, McpErrorCode.InvalidRequest, $"The tool {tool.Name} needs the user to sign in.")
        {
            Challenge = challenge.Missing(scopes),
        };

    private Refusal AskForMore(ToolDefinition tool, ScopeSet scopes, AccessGrant grant)
    {
        tokens.InsufficientScope(grant, scopes);
        return new Refusal(StatusCodes.Status403Forbidden, McpErrorCode.InvalidRequest, $"The tool {tool.Name} needs the scopes: {scopes}.")
        {
            Challenge = challenge.InsufficientScope(tool.Name, scopes, grant.Scopes),
        };
    }
}
