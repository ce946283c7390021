using System.Text.Json;
using McpEndpoint.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Confirmation;

/// <summary>The second phase of every two-phase tool.</summary>
internal sealed class ConfirmRequestTool(Confirmations confirmations) : McpServerTool
{
    public const string ToolName = ToolCatalog.ConfirmationName;
    public const string TokenArgument = "confirmationToken";
    public const string KeyArgument = "idempotencyKey";
    public const int MaxKeyLength = 200;

    private static readonly ToolDefinition Definition = new(
        ToolName, ToolAccess.SignedIn, ToolRisk.Destructive,
        "Carries out an action that another tool has prepared. Call it only after the user has read the summary and agreed. "
        + "Calling it again with the same token does not repeat the action: it answers with the same result.")
    {
        Title = "Confirm a prepared action",
        Idempotent = true,
    };

    private static readonly JsonElement Input = JsonElement.Parse($$"""
        {
          "type": "object",
          "properties": {
            "{{TokenArgument}}": { "type": "string", "description": "The confirmationToken of the preview." },
            "{{KeyArgument}}": {
              "type": "string", "minLength": 1, "maxLength": {{MaxKeyLength}},
              "description": "Optional. A name of your own for this confirmation; send the same one when you repeat the call."
            }
          },
          "required": ["{{TokenArgument}}"],
          "additionalProperties": false
        }
        """);

    private static readonly JsonElement Output = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "status": { "const": "done" },
            "tool": { "type": "string" },
            "result": { "description": "What the tool answered." }
          },
          "required": ["status", "tool", "result"]
        }
        """);

    public override Tool ProtocolTool { get; } = new()
    {
        Name = ToolName,
        Title = Definition.Title,
        Description = Definition.Description,
        InputSchema = Input,
        OutputSchema = Output,
        Annotations = new ToolAnnotations
        {
            Title = Definition.Title,
            ReadOnlyHint = false,
            DestructiveHint = true,
            IdempotentHint = true,
            OpenWorldHint = false,
        },
    };

    public override IReadOnlyList<object> Metadata { get; } = [Definition, ToolPhase.Confirm];

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        var arguments = request.Params!.Arguments!;
        var key = arguments.TryGetValue(KeyArgument, out var given) ? given.GetString() : null;
        var caller = request.Services!.GetRequiredService<Caller>();
        var result = await confirmations.ConfirmAsync(arguments[TokenArgument].GetString()!, key, caller, cancellationToken);
        return result.Match(
            done => ToolAnswers.Structured(done.Answer),
            notDone => ToolAnswers.Error(notDone.Reason));
    }
}
