using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>The version in the header and the version in the body are one.</summary>
internal static class AgreedVersion
{
    public static Refusal? Check(MessageEnvelope envelope) => envelope.IsModern ? Modern(envelope) : Handshake(envelope);

    private static Refusal? Modern(MessageEnvelope envelope)
    {
        if (envelope.HeaderVersion is null)
        {
            return Mismatch($"The header {McpHeaders.ProtocolVersion} is required.");
        }

        if (envelope.MetaVersion is null)
        {
            return envelope.IsRequest
                ? Refusal.BadRequest(McpErrorCode.InvalidParams, $"params._meta[\"{MetaKeys.ProtocolVersion}\"] is required.")
                : null;
        }

        return envelope.MetaVersion == envelope.HeaderVersion
            ? null
            : Mismatch($"The header {McpHeaders.ProtocolVersion} and params._meta[\"{MetaKeys.ProtocolVersion}\"] differ.");
    }

    private static Refusal? Handshake(MessageEnvelope envelope) =>
        envelope is { Method: RequestMethods.Initialize, HeaderVersion: { } header } && MessageEnvelope.Text(envelope.Params?["protocolVersion"]) != header
            ? Mismatch($"The header {McpHeaders.ProtocolVersion} and params.protocolVersion differ.")
            : null;

    private static Refusal Mismatch(string message) => Refusal.BadRequest(McpErrorCode.HeaderMismatch, message);
}
