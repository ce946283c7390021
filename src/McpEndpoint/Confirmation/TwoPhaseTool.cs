using System.Text.Json;
using AuthCore.ResourceServer;
using McpEndpoint.Tools;

namespace McpEndpoint.Confirmation;

/// <summary>
/// A tool that is confirmed before it does anything. Derive from <see cref="TransactionalTool{TInput}"/> or <see cref="ExternalTool{TInput}"/>.
/// </summary>
public abstract class TwoPhaseTool
{
    private protected TwoPhaseTool()
    {
    }

    /// <summary>What it is and who may call it.</summary>
    public abstract ToolDefinition Definition { get; }

    internal abstract Type InputType { get; }

    internal abstract Task<Preview> PrepareAsync(JsonElement arguments, AccessGrant grant, CancellationToken cancellationToken);

    /// <summary>Answers for each of the two kinds.</summary>
    internal abstract T Match<T>(Func<ITransactionalTool, T> transactional, Func<IExternalTool, T> external);
}

/// <summary>A two-phase tool with typed arguments.</summary>
/// <typeparam name="TInput">A record of the arguments: it becomes the input schema, unknown members are refused.</typeparam>
public abstract class TwoPhaseTool<TInput> : TwoPhaseTool
{
    private protected TwoPhaseTool()
    {
    }

    internal sealed override Type InputType => typeof(TInput);

    /// <summary>Looks whether it can be done and says what will happen. Changes nothing.</summary>
    protected abstract Task<Preview> PrepareAsync(TInput input, AccessGrant grant, CancellationToken cancellationToken);

    internal sealed override Task<Preview> PrepareAsync(JsonElement arguments, AccessGrant grant, CancellationToken cancellationToken) =>
        PrepareAsync(ToolArguments.Read<TInput>(arguments), grant, cancellationToken);
}
