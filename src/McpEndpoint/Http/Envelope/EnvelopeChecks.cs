namespace McpEndpoint.Http.Envelope;

/// <summary>
/// Streamable HTTP, "Request Headers" and "Server Validation": proxies route by headers, servers act on bodies, so the two must say the same.
/// The order decides which problem a client is told of first.
/// </summary>
internal static class EnvelopeChecks
{
    private static readonly Func<MessageEnvelope, Refusal?>[] All =
    [
        KnownVersion.Check,
        AgreedVersion.Check,
        MethodHeader.Check,
        RemovedMethods.Check,
        KnownMethod.Check,
        NameHeader.Check,
        ParameterHeaders.Check,
        ClientCapabilities.Check,
        ParametersShape.Check,
        KnownTool.Check,
    ];

    public static Refusal? Check(MessageEnvelope envelope)
    {
        foreach (var check in All)
        {
            if (check(envelope) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
