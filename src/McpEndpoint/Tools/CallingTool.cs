using System.Collections.ObjectModel;
using System.Text.Json;
using AuthCore.Hooks;
using AuthCore.ResourceServer;

namespace McpEndpoint.Tools;

/// <summary>
/// A tool is about to be called by somebody whose token has the scopes, with arguments that fit its schema. Refused with a result that has <c>isError</c>. A two-phase tool
/// is asked about when it is prepared and again when it is confirmed.
/// </summary>
/// <param name="Tool">The tool; of a confirmation, the one that was prepared.</param>
/// <param name="IsConfirmation">Whether an action that was prepared is about to be carried out.</param>
/// <param name="Grant">Who calls; null for a public tool that was called without a token.</param>
/// <param name="Arguments">What with; empty for a confirmation.</param>
public sealed record CallingTool(string Tool, bool IsConfirmation, AccessGrant? Grant, IReadOnlyDictionary<string, JsonElement> Arguments) : Decision
{
    /// <inheritdoc/>
    public override string Kind => "tool.call";

    /// <inheritdoc/>
    public override string Subject => Tool;

    /// <inheritdoc/>
    public override string? Client => Grant?.ClientId;

    /// <inheritdoc/>
    public override string? User => Grant?.UserId;

    /// <summary>The token of a confirmation is a secret, so it is not among the arguments.</summary>
    internal static CallingTool Of(string name, Caller caller, IDictionary<string, JsonElement>? arguments) =>
        name == ToolCatalog.ConfirmationName || arguments is null
            ? new CallingTool(caller.Confirms?.Tool ?? name, name == ToolCatalog.ConfirmationName, caller.Grant, ReadOnlyDictionary<string, JsonElement>.Empty)
            : new CallingTool(name, IsConfirmation: false, caller.Grant, new ReadOnlyDictionary<string, JsonElement>(arguments));
}
