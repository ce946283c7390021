using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>Every method that this server has, and what its parameters must look like, in either era of the protocol.</summary>
internal static class ServedMethods
{
    private static readonly Dictionary<string, Type> Modern = new(StringComparer.Ordinal)
    {
        [RequestMethods.ServerDiscover] = typeof(DiscoverRequestParams),
        [RequestMethods.ToolsList] = typeof(ListToolsRequestParams),
        [RequestMethods.ToolsCall] = typeof(CallToolRequestParams),
        [RequestMethods.SubscriptionsListen] = typeof(SubscriptionsListenRequestParams),
    };

    private static readonly Dictionary<string, Type> Legacy = new(StringComparer.Ordinal)
    {
        [RequestMethods.Initialize] = typeof(InitializeRequestParams),
        [RequestMethods.Ping] = typeof(PingRequestParams),
        [RequestMethods.ToolsList] = typeof(ListToolsRequestParams),
        [RequestMethods.ToolsCall] = typeof(CallToolRequestParams),
#pragma warning disable MCP9005 // Removed in 2026-07-28. Not declared, but older clients set a level all the same.
        ["logging/setLevel"] = typeof(SetLevelRequestParams),
#pragma warning restore MCP9005
    };

    /// <summary>The type of a method's parameters; null when the method is not served in the request's era.</summary>
    public static Type? Parameters(MessageEnvelope envelope) => (envelope.IsModern ? Modern : Legacy).GetValueOrDefault(envelope.Method!);
}
