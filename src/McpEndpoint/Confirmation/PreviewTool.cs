using System.Text.Json;
using AuthCore.Protocol;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Confirmation;

/// <summary>What clients see of a two-phase tool: its call prepares, and answers with a preview.</summary>
internal sealed class PreviewTool(TwoPhaseTool tool, Confirmations confirmations) : McpServerTool
{
    private static readonly JsonElement PreviewSchema = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "status": { "const": "preview" },
            "tool": { "type": "string" },
            "summary": { "type": "string", "description": "What will happen, for the user to agree to." },
            "confirmationToken": { "type": "string", "description": "For confirm_request, once the user agreed." },
            "expiresAt": { "type": "string", "format": "date-time" }
          },
          "required": ["status", "tool", "summary", "confirmationToken", "expiresAt"]
        }
        """);

    public override Tool ProtocolTool { get; } = new()
    {
        Name = tool.Definition.Name,
        Title = tool.Definition.Title,
        Description = $"{tool.Definition.Description} A call changes nothing yet: it answers with a summary and a confirmation token. "
            + $"Show the summary to the user, and pass the token to {ConfirmRequestTool.ToolName} only after they agreed.",
        InputSchema = ToolArguments.Schema(tool.InputType),
        OutputSchema = PreviewSchema,
        Annotations = new ToolAnnotations
        {
            Title = tool.Definition.Title,
            ReadOnlyHint = false,
            DestructiveHint = tool.Definition.Risk == ToolRisk.Destructive,
            IdempotentHint = tool.Definition.Idempotent,
            OpenWorldHint = tool.Definition.OpenWorld,
        },
    };

    public override IReadOnlyList<object> Metadata { get; } = [tool.Definition, ToolPhase.Prepare, new ArgumentsType(tool.InputType)];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var grant = request.Services!.GetRequiredService<Caller>().Grant!;
        var arguments = ToolArguments.Canonical(request.Params?.Arguments);
        var preview = await tool.PrepareAsync(JsonElement.Parse(arguments), grant, cancellationToken);
        return await preview.Match(
            async ready => ToolAnswers.Structured(
                await confirmations.PrepareAsync(tool.Definition.Name, arguments, UntrustedText.Clean(ready.Summary, 500), grant, cancellationToken)),
            refused => Task.FromResult(ToolAnswers.Error(refused.Reason)));
    }
}
