using System.Text.Json;
using System.Text.Json.Nodes;
using AuthCore.Protocol;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http.Envelope;

/// <summary>
/// JSON-RPC 2.0 §5.1: parameters of another shape than the method's are the caller's mistake. The SDK reads them with the same types, but
/// where it does, a failure is the server's.
/// </summary>
internal static class ParametersShape
{
    private const int LongestPath = 100;

    public static Refusal? Check(MessageEnvelope envelope) => envelope.Message is JsonRpcRequest request ? Check(envelope, request) : null;

    private static Refusal? Check(MessageEnvelope envelope, JsonRpcRequest request)
    {
        if (request.Params is not (null or JsonObject))
        {
            return Wrong(envelope, "params must be an object.");
        }

        var problem = Mismatch(request.Params ?? new JsonObject(), ServedMethods.Parameters(envelope)!, "params", out var typed) ?? MetaMismatch(envelope) ?? Null(envelope);
        envelope.TypedParams = typed;
        return problem is null ? null : Wrong(envelope, problem);
    }

    private static string? MetaMismatch(MessageEnvelope envelope)
    {
        var meta = envelope.Meta;
        if (meta?["progressToken"] is { } token && token.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number))
        {
            return "params._meta.progressToken must be a string or a number.";
        }

        return envelope.IsModern
            ? Mismatch(meta?[MetaKeys.ClientInfo], typeof(Implementation), "clientInfo")
                ?? Mismatch(meta?[MetaKeys.ClientCapabilities], typeof(ModelContextProtocol.Protocol.ClientCapabilities), "clientCapabilities")
#pragma warning disable MCP9005 // Deprecated, and read by the SDK all the same.
                ?? Mismatch(meta?[MetaKeys.LogLevel], typeof(LoggingLevel), "logLevel")
#pragma warning restore MCP9005
            : null;
    }

    // What the types let pass.
    private static string? Null(MessageEnvelope envelope) => envelope.Method switch
    {
        RequestMethods.Initialize when MessageEnvelope.Text(envelope.Params?["protocolVersion"]) is null => "params.protocolVersion must be a string.",
        RequestMethods.Initialize when envelope.Params?["clientInfo"] is not JsonObject => "params.clientInfo must be an object.",
        RequestMethods.ToolsCall when MessageEnvelope.Text(envelope.Params?["name"]) is null => "params.name must be a string.",
        RequestMethods.ToolsList when envelope.Params?["cursor"] is not null => "params.cursor is not known: the list has one page.",
        RequestMethods.SubscriptionsListen when envelope.Params?["notifications"] is not JsonObject => "params.notifications must be an object.",
        _ => null,
    };

    private static string? Mismatch(JsonNode? value, Type type, string name) => Mismatch(value, type, name, out _);

    private static string? Mismatch(JsonNode? value, Type type, string name, out object? typed)
    {
        typed = null;
        try
        {
            typed = value?.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(type));
            return null;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            return malformed is JsonException { Path: { Length: > 2 } path }
                ? $"{name}{UntrustedText.Clean(path[1..], LongestPath)} is not what the protocol describes."
                : $"{name} lacks something, or is not what the protocol describes.";
        }
    }

    // Older clients expect 200 for every answer to a request.
    private static Refusal Wrong(MessageEnvelope envelope, string problem) =>
        new(envelope.IsModern ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK, McpErrorCode.InvalidParams, problem);
}
