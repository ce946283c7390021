using System.Text.Json.Nodes;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>A message together with the headers around it: what the checks compare.</summary>
internal sealed record MessageEnvelope(JsonRpcMessage Message, IHeaderDictionary Headers, ToolCatalog Tools)
{
    public string? Method { get; } = Message switch
    {
        JsonRpcRequest request => request.Method,
        JsonRpcNotification notification => notification.Method,
        _ => null,
    };

    public JsonObject? Params { get; } = Message switch
    {
        JsonRpcRequest request => request.Params as JsonObject,
        JsonRpcNotification notification => notification.Params as JsonObject,
        _ => null,
    };

    /// <summary>The parameters as the type of <see cref="ServedMethods"/>, once <see cref="ParametersShape"/> has read them.</summary>
    public object? TypedParams { get; set; }

    public bool IsRequest => Message is JsonRpcRequest;

    public string? HeaderVersion { get; } = Headers.TryGetValue(McpHeaders.ProtocolVersion, out var value) ? value.ToString() : null;

    public JsonObject? Meta => Params?["_meta"] as JsonObject;

    public string? MetaVersion => Text(Meta?[MetaKeys.ProtocolVersion]);

    /// <summary>Whether either place says that the protocol without a handshake is spoken.</summary>
    public bool IsModern => HeaderVersion == ProtocolVersions.Modern || MetaVersion == ProtocolVersions.Modern;

    /// <summary>The text of a JSON string; null for anything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
