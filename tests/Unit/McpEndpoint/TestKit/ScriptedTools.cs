using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>What the actions of a test do, and how often they were done.</summary>
internal sealed class ActionScript
{
    private int _executions;

    public int Executions => _executions;

    public Func<Task<ExecutionResult>> Next { get; set; } = () => Task.FromResult<ExecutionResult>(new ExecutionResult.Done(new { done = true }));

    /// <summary>What a transactional action writes before it ends as <see cref="Next"/> says.</summary>
    public Func<WriteUnit, Task> Writes { get; set; } = _ => Task.CompletedTask;

    public Task<ExecutionResult> RunAsync()
    {
        Interlocked.Increment(ref _executions);
        return Next();
    }
}

internal sealed record ActionInput(string What);

internal sealed class TransactionalAction(ActionScript script) : TransactionalTool<ActionInput>
{
    public override ToolDefinition Definition { get; } = new("transactional_action", ToolAccess.Scopes("write"), ToolRisk.Destructive, "Does something here.");

    protected override Task<Preview> PrepareAsync(ActionInput input, AccessGrant grant, CancellationToken cancellationToken) =>
        Task.FromResult<Preview>(new Preview.Ready($"Do {input.What}."));

    protected override async Task<ExecutionResult> ExecuteAsync(ActionInput input, AccessGrant grant, WriteUnit unit)
    {
        await script.Writes(unit);
        return await script.RunAsync();
    }
}

internal sealed class ExternalAction(ActionScript script) : ExternalTool<ActionInput>
{
    public override ToolDefinition Definition { get; } = new("external_action", ToolAccess.Scopes("write"), ToolRisk.Destructive, "Does something elsewhere.");

    protected override Task<Preview> PrepareAsync(ActionInput input, AccessGrant grant, CancellationToken cancellationToken) =>
        Task.FromResult<Preview>(new Preview.Ready($"Do {input.What}."));

    protected override Task<ExecutionResult> ExecuteAsync(ActionInput input, AccessGrant grant, CancellationToken stopping) => script.RunAsync();
}
