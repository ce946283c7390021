using System.Collections.Frozen;
using System.Reflection;
using AuthCore.Hosting;
using AuthCore.ResourceServer;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpEndpoint.Tools;

/// <summary>Every tool of this server, checked once: what is not declared well is not served.</summary>
internal sealed class ToolCatalog
{
    /// <summary>The name of the second phase of every two-phase tool; no other tool has it.</summary>
    public const string ConfirmationName = "confirm_request";

    private const int MaxNameLength = 64;

    /// <summary>What the SDK gives to a handler that leads to the request's server.</summary>
    private static readonly Type[] OfServer =
        [typeof(McpServer), typeof(RequestContext<CallToolRequestParams>), typeof(IProgress<ProgressNotificationValue>), typeof(AIFunctionArguments)];

    private readonly FrozenDictionary<string, Entry> _byName;

    /// <exception cref="InvalidOperationException">Lists everything that is wrong with the tools, by name.</exception>
    public ToolCatalog(IEnumerable<McpServerTool> tools, ScopeCatalog scopes)
    {
        McpServerTool[] all = [.. tools.OrderBy(tool => tool.ProtocolTool.Name, StringComparer.Ordinal)];
        string[] problems = [.. all.SelectMany(tool => Problems(tool, scopes)), .. Duplicates(all)];
        if (problems.Length > 0)
        {
            throw new BrokenSetupException($"The host does not start, because of its tools:\n- {string.Join("\n- ", problems)}");
        }

        _byName = all.Select(tool => new Entry(tool, Definitions(tool).Single(), NeedsServer(tool))).ToFrozenDictionary(entry => entry.Definition.Name, StringComparer.Ordinal);
        Ordered = all;
    }

    /// <summary>All tools in the order of their names, which is the order in which lists show them.</summary>
    public IReadOnlyList<McpServerTool> Ordered { get; }

    /// <summary>The tool of exactly that name.</summary>
    public Entry? Find(string name) => _byName.GetValueOrDefault(name);

    private static IEnumerable<ToolDefinition> Definitions(McpServerTool tool) => tool.Metadata.OfType<ToolDefinition>();

    private static IEnumerable<string> Duplicates(McpServerTool[] all) =>
        all.GroupBy(tool => tool.ProtocolTool.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: registered {group.Count()} times.");

    private static IEnumerable<string> Problems(McpServerTool tool, ScopeCatalog scopes)
    {
        var name = tool.ProtocolTool.Name;
        var phase = tool.Metadata.OfType<ToolPhase>().SingleOrDefault();
        if (name.Length is 0 or > MaxNameLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            yield return $"{name}: a name has 1 to {MaxNameLength} characters of A-Z, a-z, 0-9, '_', '-' and '.'.";
        }

        if (name.Equals(ConfirmationName, StringComparison.OrdinalIgnoreCase) && phase != ToolPhase.Confirm)
        {
            yield return $"{name}: the name is reserved.";
        }

        if (Definitions(tool).ToArray() is not [{ Access: not null } definition])
        {
            yield return $"{name}: says nothing about who may call it. Register it with AddMcpTool and one ToolDefinition.";
            yield break;
        }

        if (definition.Name != name)
        {
            yield return $"{name}: its definition is of another tool, {definition.Name}.";
        }

        foreach (var scope in definition.Access.Required.Where(scope => scopes.Find(scope) is null))
        {
            yield return $"{name}: needs the scope '{scope}', which nobody declared. Add a ScopeDefinition.";
        }

        if (definition.Risk == ToolRisk.Destructive && phase == ToolPhase.Only)
        {
            yield return $"{name}: is destructive, so it must be two-phase. Derive it from TransactionalTool or ExternalTool.";
        }

        if (definition.Access == ToolAccess.Public && tool.Metadata.OfType<MethodInfo>().Any(handler => handler.GetParameters().Any(parameter => parameter.ParameterType == typeof(AccessGrant))))
        {
            yield return $"{name}: is public, so its handler cannot take an AccessGrant: nobody needs to be signed in. Say ToolAccess.SignedIn, or leave the parameter out.";
        }

        if (phase == ToolPhase.Prepare && definition.Access == ToolAccess.Public)
        {
            yield return $"{name}: is two-phase, so it cannot be public: a confirmation belongs to a signed-in user.";
        }
    }

    // Behind a phase is code of this endpoint, which never asks for it; of any other tool the handler's parameters tell, and without a handler nothing is known.
    private static bool NeedsServer(McpServerTool tool) =>
        !tool.Metadata.OfType<ToolPhase>().Any()
        && (tool.Metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters().Any(parameter => OfServer.Contains(parameter.ParameterType)) ?? true);

    /// <summary>A tool and what is known about it.</summary>
    /// <param name="Tool">What the SDK calls.</param>
    /// <param name="Definition">What it is and who may call it.</param>
    /// <param name="NeedsServer">Whether it may ask for the request's server: to tell of progress, to look at what the client can do.</param>
    public sealed record Entry(McpServerTool Tool, ToolDefinition Definition, bool NeedsServer);
}
