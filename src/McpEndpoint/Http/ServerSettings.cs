using System.Text.Json.Nodes;
using McpEndpoint.Http.Envelope;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Http;

/// <summary>What the SDK's server is told. Built once: every request's short-lived server shares it.</summary>
internal sealed class ServerSettings(ToolCatalog catalog, ToolGuard guard, IOptions<McpOptions> options)
{
    // How long a client may remember the list of tools, which only a restart changes.
    private static readonly TimeSpan ListLifetime = TimeSpan.FromMinutes(5);

    public McpServerOptions Options { get; } = Build(catalog, guard, options.Value);

    private static McpServerOptions Build(ToolCatalog catalog, ToolGuard guard, McpOptions options)
    {
        var settings = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = options.ServerName, Version = options.ServerVersion },
            ServerInstructions = options.Instructions,
            Capabilities = new ServerCapabilities { Tools = new ToolsCapability { ListChanged = false } },
            ToolCollection = [.. catalog.Ordered],
            // The request has its scope already.
            ScopeRequests = false,
        };
        settings.Filters.Request.CallToolFilters.Add(NotTwice);
        settings.Filters.Request.CallToolFilters.Add(guard.Around);
        settings.Filters.Request.ListToolsFilters.Add(InOrder);
        settings.Filters.Message.OutgoingFilters.Add(WithoutLogging);
        return settings;
    }

    // A call that has failed already is only put into words.
    private static McpRequestHandler<CallToolRequestParams, CallToolResult> NotTwice(McpRequestHandler<CallToolRequestParams, CallToolResult> next) =>
        (request, cancellationToken) => request.Services!.GetRequiredService<Caller>().CallFailure is { } failure
            ? ValueTask.FromException<CallToolResult>(failure)
            : next(request, cancellationToken);

    private static McpRequestHandler<ListToolsRequestParams, ListToolsResult> InOrder(McpRequestHandler<ListToolsRequestParams, ListToolsResult> next) =>
        async (request, cancellationToken) =>
        {
            var list = await next(request, cancellationToken);
            list.Tools = [.. list.Tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)];
            if (request.JsonRpcRequest.Context?.ProtocolVersion == ProtocolVersions.Modern)
            {
                list.CacheScope = CacheScope.Private;
                list.TimeToLive = ListLifetime;
            }

            return list;
        };

    // The SDK declares it always; no log message is ever sent to a client.
    private static McpMessageHandler WithoutLogging(McpMessageHandler next) =>
        (message, cancellationToken) =>
        {
            // Nothing but the handshake and the discovery answers with capabilities.
            if (message.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result })
            {
                (result["capabilities"] as JsonObject)?.Remove("logging");
            }

            return next(message, cancellationToken);
        };
}
