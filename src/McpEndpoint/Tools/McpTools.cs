using AuthCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpEndpoint.Tools;

/// <summary>How a host adds tools that answer at once; <c>McpEndpoint.Confirmation</c> adds those that are confirmed first.</summary>
public static class McpTools
{
    /// <summary>Adds a tool that answers at once.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="definition">What it is and who may call it.</param>
    /// <param name="handler">
    /// A method or lambda, asynchronous or not. Its parameters become the input schema (describe them with <c>[Description]</c>), except an
    /// <see cref="AuthCore.ResourceServer.AccessGrant"/> (who calls; not for public tools), services of the host and a <see cref="CancellationToken"/>.
    /// Arguments that do not match the schema, or cannot be read as the parameters' types (null where a type is not nullable among them), never reach it.
    /// What it throws is logged, never shown; a <see cref="ModelContextProtocol.McpException"/>'s message is meant for the caller and shown.
    /// </param>
    /// <param name="structured">Whether the return type becomes the output schema and the value is also sent as <c>structuredContent</c>.</param>
    /// <example>
    /// <code>
    /// services.AddSingleton(new ScopeDefinition("notes:read", "Read your notes", "Only reading.", ScopeRisk.Read));
    /// services.AddMcpTool(
    ///     new ToolDefinition("list_notes", ToolAccess.Scopes("notes:read"), ToolRisk.Read, "Lists the user's notes, newest first."),
    ///     (AccessGrant grant, INotes notes) => notes.OfAsync(grant.Subject));
    /// </code>
    /// </example>
    public static IServiceCollection AddMcpTool(this IServiceCollection services, ToolDefinition definition, Delegate handler, bool structured = false) =>
        services.AddSingleton(provider => Named(definition, () => McpServerTool.Create(handler, new McpServerToolCreateOptions
        {
            Services = provider,
            Name = definition.Name,
            Title = definition.Title,
            Description = definition.Description,
            ReadOnly = definition.Risk == ToolRisk.Read,
            Destructive = definition.Risk == ToolRisk.Destructive,
            Idempotent = definition.Idempotent || definition.Risk == ToolRisk.Read,
            OpenWorld = definition.OpenWorld,
            UseStructuredContent = structured,
            SerializerOptions = ToolArguments.Typed,
            SchemaCreateOptions = ToolArguments.SchemaOptions,
            Metadata = [definition, handler.Method],
        })));

    // The SDK refuses a name or a schema without saying whose it is.
    internal static McpServerTool Named(ToolDefinition definition, Func<McpServerTool> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException wrong)
        {
            throw new BrokenSetupException($"The host does not start, because of its tool {definition.Name}: {wrong.Message}", wrong);
        }
    }
}
