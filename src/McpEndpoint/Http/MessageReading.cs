using McpEndpoint.Http.Envelope;
using ModelContextProtocol.Protocol;

namespace McpEndpoint.Http;

/// <summary>How reading a body ended.</summary>
internal abstract record MessageReading
{
    private MessageReading()
    {
    }

    /// <summary>Answers for each case.</summary>
    public abstract T Match<T>(Func<Read, T> read, Func<Refused, T> refused);

    public sealed record Read(JsonRpcMessage Message) : MessageReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => read(this);
    }

    public sealed record Refused(Refusal Why) : MessageReading
    {
        public override T Match<T>(Func<Read, T> read, Func<Refused, T> refused) => refused(this);
    }
}
