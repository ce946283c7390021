namespace McpEndpoint.Tools;

/// <summary>
/// What this server knows about a tool. It travels in the tool's metadata; a tool without one is refused at start.
/// </summary>
/// <param name="Name">1 to 64 characters of <c>[A-Za-z0-9_.-]</c>, unique on this server.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Risk">What it may do.</param>
/// <param name="Description">For models: what it does, when to use it, what it answers.</param>
public sealed record ToolDefinition(string Name, ToolAccess Access, ToolRisk Risk, string Description)
{
    /// <summary>For people: a few words.</summary>
    public string? Title { get; init; }

    /// <summary>Whether a second call with the same arguments changes nothing more. Tools that only read always are.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether it reaches beyond this server.</summary>
    public bool OpenWorld { get; init; }
}
