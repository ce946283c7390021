using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpEndpoint.Http.Envelope;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>
/// Reads one JSON-RPC message, once: what the gate looks at is the very object that is executed. A body in which a name stands twice could be
/// understood in two ways, so it is refused.
/// </summary>
internal static class MessageReader
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBodySize = 1_000_000;

    private static readonly JsonTypeInfo MessageType =
        new JsonSerializerOptions(McpJsonUtilities.DefaultOptions) { AllowDuplicateProperties = false }.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>What the announced length alone says; asked before anybody is authenticated.</summary>
    public static Refusal? CheckLength(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodySize;
        }

        return context.Request.ContentLength > MaxBodySize ? TooLarge() : null;
    }

    public static async Task<MessageReading> ReadAsync(HttpRequest request)
    {
        try
        {
            return await ReadToEndAsync(request.BodyReader);
        }
        catch (BadHttpRequestException broken)
        {
            return new MessageReading.Refused(broken.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? TooLarge()
                : new Refusal(broken.StatusCode, McpErrorCode.InvalidRequest, "The body could not be read."));
        }
        catch (IOException)
        {
            // A chunk whose size is impossible; the server knows no better name for it.
            return Refused(McpErrorCode.InvalidRequest, "The body could not be read.");
        }
    }

    private static async Task<MessageReading> ReadToEndAsync(PipeReader body)
    {
        while (true)
        {
            // Without a token: who hangs up ends the reading by that, and a read that is given up half-way is an error in the server's log.
            var read = await body.ReadAsync();
            if (read.Buffer.Length > MaxBodySize)
            {
                body.AdvanceTo(read.Buffer.End);
                return new MessageReading.Refused(TooLarge());
            }

            if (read.IsCompleted)
            {
                var reading = Parse(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return reading;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    internal static MessageReading Parse(ReadOnlySequence<byte> json)
    {
        try
        {
            if (OuterProblem(json) is { } problem)
            {
                return Refused(McpErrorCode.InvalidRequest, problem);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return Refused(McpErrorCode.ParseError, "The body is not JSON.");
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonSerializer.Deserialize(ref reader, MessageType) is JsonRpcMessage message
                ? new MessageReading.Read(message)
                : Refused(McpErrorCode.InvalidRequest, "The body is not a JSON-RPC message.");
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            return Refused(McpErrorCode.InvalidRequest, "The body is not a well-formed JSON-RPC message.");
        }
    }

    // The SDK's converter takes the last of two equal outer names, and names regardless of case.
    private static string? OuterProblem(ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "The body must be one JSON-RPC object; batches are not part of the protocol.";
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.Add(reader.GetString()!))
            {
                return "A name stands twice in the message.";
            }

            reader.Read();
            reader.Skip();
        }

        return reader.Read() ? "Something follows the message." : null;
    }

    private static Refusal TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, McpErrorCode.InvalidRequest, $"The body may have {MaxBodySize} bytes at most.");

    private static MessageReading.Refused Refused(McpErrorCode code, string message) => new(Refusal.BadRequest(code, message));
}
