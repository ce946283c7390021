using System.Text.Json;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Tools;

namespace McpEndpoint.Confirmation;

/// <summary>
/// A two-phase tool whose action is a write to this host's database. Action and redemption are one transaction: it happens exactly once, whatever
/// crashes.
/// </summary>
/// <typeparam name="TInput">A record of the arguments.</typeparam>
public abstract class TransactionalTool<TInput> : TwoPhaseTool<TInput>, ITransactionalTool
{
    /// <summary>Does it, on the unit's connection and in its transaction, and touches nothing else. Every other writer waits meanwhile.</summary>
    /// <returns>After <see cref="ExecutionResult.Refused"/>, or an exception, whatever was written is rolled back.</returns>
    protected abstract Task<ExecutionResult> ExecuteAsync(TInput input, AccessGrant grant, WriteUnit unit);

    internal sealed override T Match<T>(Func<ITransactionalTool, T> transactional, Func<IExternalTool, T> external) => transactional(this);

    Task<ExecutionResult> ITransactionalTool.ExecuteAsync(JsonElement arguments, AccessGrant grant, WriteUnit unit) =>
        ExecuteAsync(ToolArguments.Read<TInput>(arguments), grant, unit);
}

/// <summary>The same without the type of its arguments.</summary>
internal interface ITransactionalTool
{
    Task<ExecutionResult> ExecuteAsync(JsonElement arguments, AccessGrant grant, WriteUnit unit);
}
