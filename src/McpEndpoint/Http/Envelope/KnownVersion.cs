using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>Versioning, "Unsupported versions": a version that is not served is answered with those that are.</summary>
internal static class KnownVersion
{
    public static Refusal? Check(MessageEnvelope envelope)
    {
        // A handshake negotiates its version in the body.
        var requested = envelope.HeaderVersion ?? (envelope.Method == RequestMethods.Initialize ? null : envelope.MetaVersion);
        return requested is null || ProtocolVersions.IsKnown(requested)
            ? null
            : Refusal.BadRequest(McpErrorCode.UnsupportedProtocolVersion, "This protocol version is not supported.") with
            {
                Data = new UnsupportedProtocolVersionErrorData { Supported = [ProtocolVersions.Modern], Requested = requested },
            };
    }
}
