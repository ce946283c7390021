using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Confirmation;
using McpEndpoint.Tools;

namespace UnitTests.McpEndpoint.TestKit;

/// <summary>What the deeds of a test do, and how often they were done.</summary>
internal sealed class DeedScript
{
    private int _executions;

    public int Executions => _executions;

    public Func<Task<Execution>> Next { get; set; } = () => Task.FromResult<Execution>(new Execution.Done(new { done = true }));

    /// <summary>What a transactional deed writes before it ends as <see cref="Next"/> says.</summary>
    public Func<WriteUnit, Task> Writes { get; set; } = _ => Task.CompletedTask;

    public Task<Execution> RunAsync()
    {
        Interlocked.Increment(ref _executions);
        return Next();
    }
}

internal sealed record DeedInput(string What);

internal sealed class TransactionalDeed(DeedScript script) : TransactionalTool<DeedInput>
{
    public override ToolDefinition Definition { get; } = new("transactional_deed", ToolAccess.Scopes("write"), ToolRisk.Destructive, "Does something here.");

    protected override Task<Preview> PrepareAsync(DeedInput input, AccessGrant grant, CancellationToken cancellationToken) =>
        Task.FromResult<Preview>(new Preview.Ready($"Do {input.What}."));

    protected override async Task<Execution> ExecuteAsync(DeedInput input, AccessGrant grant, WriteUnit unit)
    {
        await script.Writes(unit);
        return await script.RunAsync();
    }
}

internal sealed class ExternalDeed(DeedScript script) : ExternalTool<DeedInput>
{
    public override ToolDefinition Definition { get; } = new("external_deed", ToolAccess.Scopes("write"), ToolRisk.Destructive, "Does something elsewhere.");

    protected override Task<Preview> PrepareAsync(DeedInput input, AccessGrant grant, CancellationToken cancellationToken) =>
        Task.FromResult<Preview>(new Preview.Ready($"Do {input.What}."));

    protected override Task<Execution> ExecuteAsync(DeedInput input, AccessGrant grant, CancellationToken stopping) => script.RunAsync();
}
