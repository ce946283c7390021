using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>What became of reading a body.</summary>
internal abstract record MessageReading
{
    private MessageReading()
    {
    }

    public sealed record Read(JsonRpcMessage Message) : MessageReading;

    public sealed record Refused(Refusal Why) : MessageReading;
}
