using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Http;

/// <summary>Stands where the SDK wants the server of a request, for a tool that never looks at it. It knows which version is spoken, which decides the form of a result, and nothing else.</summary>
#pragma warning disable MCPEXP002 // To derive from it is said to be experimental: a change of the SDK shows here, when it is compiled.
internal sealed class AbsentServer(string? version, McpServerOptions options) : McpServer
#pragma warning restore MCPEXP002
{
    public override string? SessionId => null;

    public override string? NegotiatedProtocolVersion => version;

    public override ClientCapabilities? ClientCapabilities => null;

    public override Implementation? ClientInfo => null;

    public override McpServerOptions ServerOptions => options;

    public override IServiceProvider? Services => null;

    [Obsolete("Deprecated by the SDK.")]
    public override LoggingLevel? LoggingLevel => null;

    public override Task RunAsync(CancellationToken cancellationToken = default) => throw Nobody();

    public override Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) => throw Nobody();

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => throw Nobody();

    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) => throw Nobody();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NotSupportedException Nobody() => new("This call has no server: its tool did not ask for one.");
}
