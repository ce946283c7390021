using System.ComponentModel;
using AuthCore.ResourceServer;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;

namespace Embedder;

public sealed class DeleteNote(INotes notes) : ExternalTool<DeleteNote.Input>
{
    public sealed record Input([property: Description("The note's id, from list_notes.")] string Id);

    public override ToolDefinition Definition { get; } =
        new("delete_note", ToolAccess.Scopes("notes:delete"), ToolRisk.Destructive, "Deletes one note for good.");

    protected override async Task<Preview> PrepareAsync(Input input, AccessGrant grant, CancellationToken cancellationToken) =>
        await notes.ExistsAsync(grant.Subject, input.Id, cancellationToken)
            ? new Preview.Ready($"Delete the note {input.Id}.")
            : new Preview.Refused("There is no such note.");

    protected override async Task<ExecutionResult> ExecuteAsync(Input input, AccessGrant grant, CancellationToken stopping)
    {
        await notes.DeleteAsync(grant.Subject, input.Id, stopping);
        return new ExecutionResult.Done(new { deleted = input.Id });
    }
}
