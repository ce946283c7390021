using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>JSON-RPC 2.0 §5.1: a method that is not served. Modern clients read it from the status, too; older ones expect 200.</summary>
internal static class KnownMethod
{
    public static Refusal? Check(MessageEnvelope envelope) =>
        !envelope.IsRequest || ServedMethods.Parameters(envelope) is not null
            ? null
            : new Refusal(envelope.IsModern ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, McpErrorCode.MethodNotFound, "This method is not available.");
}
