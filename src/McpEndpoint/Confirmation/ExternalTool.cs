using System.Text.Json;
using AuthCore.ResourceServer;
using McpEndpoint.Tools;

namespace McpEndpoint.Confirmation;

/// <summary>
/// A two-phase tool that reaches outside. Its redemption is durable before the action begins: it happens at most once, and a crash in between is
/// shown as an unknown outcome.
/// </summary>
/// <typeparam name="TInput">A record of the arguments.</typeparam>
public abstract class ExternalTool<TInput> : TwoPhaseTool<TInput>, IExternalTool
{
    /// <summary>Does it. Goes on when the client hangs up.</summary>
    /// <param name="input">The arguments that were shown.</param>
    /// <param name="grant">Who confirmed.</param>
    /// <param name="stopping">The host is stopping.</param>
    /// <returns>
    /// <see cref="ExecutionResult.Refused"/> only if nothing was changed. An <see cref="OperationCanceledException"/>, which time-outs are too, makes the
    /// outcome unknown; any other exception makes it failed.
    /// </returns>
    protected abstract Task<ExecutionResult> ExecuteAsync(TInput input, AccessGrant grant, CancellationToken stopping);

    internal sealed override T Match<T>(Func<ITransactionalTool, T> transactional, Func<IExternalTool, T> external) => external(this);

    Task<ExecutionResult> IExternalTool.ExecuteAsync(JsonElement arguments, AccessGrant grant, CancellationToken stopping) =>
        ExecuteAsync(ToolArguments.Read<TInput>(arguments), grant, stopping);
}

/// <summary>The same without the type of its arguments.</summary>
internal interface IExternalTool
{
    Task<ExecutionResult> ExecuteAsync(JsonElement arguments, AccessGrant grant, CancellationToken stopping);
}
