using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>What 2026-07-28 removed is not there, although the same endpoint still serves it to older clients.</summary>
internal static class RemovedMethods
{
    private static readonly string[] Removed =
    [
        RequestMethods.Initialize, RequestMethods.Ping, "logging/setLevel",
        RequestMethods.ResourcesSubscribe, RequestMethods.ResourcesUnsubscribe,
    ];

    public static Refusal? Check(MessageEnvelope envelope) =>
        envelope is { IsModern: true, IsRequest: true } && Removed.Contains(envelope.Method)
            ? new Refusal(StatusCodes.Status404NotFound, McpErrorCode.MethodNotFound,
                $"{envelope.Method} is not part of protocol version {ProtocolVersions.Modern}.")
            : null;
}
