using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Http;

/// <summary>
/// Answers <c>tools/call</c> without a server of the SDK, which costs as much as all the rest of a call. Only tools that cannot notice are called so (<see cref="ToolCatalog.Entry.NeedsServer"/>).
/// What they answer is written here; what they throw is put into words by the SDK, as everything else is.
/// </summary>
internal sealed class DirectCalls(ToolCatalog tools, ToolGuard guard, ServerSettings settings)
{
    private const int ShortAnswer = 256;

    private static readonly JsonTypeInfo IdType = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(RequestId));
    private static readonly JsonTypeInfo ResultType = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    private readonly McpRequestHandler<CallToolRequestParams, CallToolResult> _call = guard.Around(
        static (request, cancellationToken) => ((McpServerTool)request.MatchedPrimitive!).InvokeAsync(request, cancellationToken));

    private readonly JsonElement _serverInfo = JsonSerializer.SerializeToElement(
        settings.Options.ServerInfo, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Implementation)));

    /// <summary>False when nothing was written, so that the SDK has to answer: the call is not for this class, or it failed, which <see cref="Caller.CallFailure"/> then knows.</summary>
    public async ValueTask<bool> TryAnswerAsync(HttpContext context, Caller caller, MessageEnvelope envelope, Stream body, CancellationToken cancellationToken)
    {
        if (envelope is not { Message: JsonRpcRequest request, TypedParams: CallToolRequestParams parameters } || !IsPlain(envelope)
            || tools.Find(parameters.Name) is not { NeedsServer: false, Tool: var tool })
        {
            return false;
        }

        ReadOnlyMemory<byte> answer;
        try
        {
            var result = await _call(
                new RequestContext<CallToolRequestParams>(new AbsentServer(envelope.HeaderVersion, settings.Options), request, parameters)
                {
                    MatchedPrimitive = tool,
                    Services = context.RequestServices,
                },
                cancellationToken);
            answer = Event(request.Id, envelope.IsModern ? Modern(result) : result);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            caller.CallFailure = failure;
            return false;
        }

        await body.WriteAsync(answer, cancellationToken);
        return true;
    }

    // What an older client says in _meta is for the SDK to judge: some of it belongs to the newer protocol alone.
    private static bool IsPlain(MessageEnvelope envelope) => envelope.IsModern || envelope.Meta is null;

    // 2026-07-28 says of each result whether it is the last, and who answers. Copied: a tool may answer with the same object twice.
    private CallToolResult Modern(CallToolResult result)
    {
        var meta = result.Meta?.DeepClone().AsObject() ?? [];
        meta[MetaKeys.ServerInfo] = JsonObject.Create(_serverInfo);
        return new CallToolResult
        {
            Content = result.Content,
            StructuredContent = result.StructuredContent,
            IsError = result.IsError,
            ResultType = result.ResultType ?? "complete",
            Meta = meta,
        };
    }

    private static ReadOnlyMemory<byte> Event(RequestId id, CallToolResult result)
    {
        var written = new ArrayBufferWriter<byte>(ShortAnswer);
        written.Write("event: message\ndata: "u8);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WritePropertyName("id"u8);
            JsonSerializer.Serialize(json, id, IdType);
            json.WritePropertyName("result"u8);
            JsonSerializer.Serialize(json, result, ResultType);
            json.WriteEndObject();
        }

        written.Write("\n\n"u8);
        return written.WrittenMemory;
    }
}
