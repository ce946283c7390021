using System.Text.Json;
using AuthCore.ResourceServer;
using AuthCore.Storage;
using McpEndpoint.Tools;

namespace McpEndpoint.Confirmation;

/// <summary>
/// A two-phase tool whose deed is a write to this host's database. Deed and redemption are one transaction: it happens exactly once, whatever
/// crashes.
/// </summary>
/// <typeparam name="TInput">A record of the arguments.</typeparam>
public abstract class TransactionalTool<TInput> : TwoPhaseTool<TInput>, ITransactionalTool
{
    /// <summary>Does it, on the unit's connection and in its transaction, and touches nothing else. Every other writer waits meanwhile.</summary>
    /// <returns>After <see cref="Execution.Refused"/>, or an exception, whatever was written is rolled back.</returns>
    protected abstract Task<Execution> ExecuteAsync(TInput input, AccessGrant grant, WriteUnit unit);

    Task<Execution> ITransactionalTool.ExecuteAsync(JsonElement arguments, AccessGrant grant, WriteUnit unit) =>
        ExecuteAsync(ToolArguments.Read<TInput>(arguments), grant, unit);
}

/// <summary>The same without the type of its arguments.</summary>
internal interface ITransactionalTool
{
    Task<Execution> ExecuteAsync(JsonElement arguments, AccessGrant grant, WriteUnit unit);
}
