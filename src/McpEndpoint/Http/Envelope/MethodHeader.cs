using ModelContextProtocol;

namespace McpEndpoint.Http.Envelope;

/// <summary><c>Mcp-Method</c> repeats the method. Older clients may send it too; from them it is not read.</summary>
internal static class MethodHeader
{
    public static Refusal? Check(MessageEnvelope envelope) =>
        !envelope.IsModern || envelope.Method is null || envelope.Headers[McpHeaders.Method] == envelope.Method
            ? null
            : Refusal.BadRequest(McpErrorCode.HeaderMismatch, $"The header {McpHeaders.Method} must be present and equal to the method.");
}
