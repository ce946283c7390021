using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>Tools, "Error Handling": an unknown tool is an error of the protocol, not of a tool.</summary>
internal static class KnownTool
{
    public static Refusal? Check(MessageEnvelope envelope) =>
        envelope is { Method: RequestMethods.ToolsCall, IsRequest: true } && envelope.Tools.Find(MessageEnvelope.Text(envelope.Params?["name"]) ?? "") is null
            ? new Refusal(StatusCodes.Status200OK, McpErrorCode.InvalidParams, "There is no such tool. See tools/list.")
            : null;
}
