using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>Without a handshake every request says what its client can do.</summary>
internal static class ClientCapabilities
{
    public static Refusal? Check(MessageEnvelope envelope) =>
        envelope is { IsModern: true, IsRequest: true } && envelope.Meta?[MetaKeys.ClientCapabilities] is not JsonObject
            ? Refusal.BadRequest(McpErrorCode.InvalidParams, $"params._meta[\"{MetaKeys.ClientCapabilities}\"] must be an object.")
            : null;
}
