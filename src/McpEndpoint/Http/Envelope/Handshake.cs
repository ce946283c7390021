using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>Lifecycle (2025-11-25), "Version Negotiation": a client that asks for a version that is not served is offered the newest that begins with a handshake.</summary>
internal static class Handshake
{
    /// <summary>Leaves a version alone that is served; the client decides whether it takes another.</summary>
    public static void OfferVersion(MessageEnvelope envelope)
    {
        if (envelope is { Method: RequestMethods.Initialize, Params: { } parameters } && !ProtocolVersions.IsLegacy(MessageEnvelope.Text(parameters["protocolVersion"])!))
        {
            parameters["protocolVersion"] = ProtocolVersions.NewestLegacy;
        }
    }
}
