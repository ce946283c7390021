namespace McpEndpoint.Tools;

/// <summary>What a tool may do to the world. Clients are told through the tool's annotations.</summary>
public enum ToolRisk
{
    /// <summary>Reads only.</summary>
    Read,

    /// <summary>Changes something in a way that can be made good.</summary>
    Change,

    /// <summary>Does what the user may not be able to undo: such a tool must be two-phase, or the host does not start.</summary>
    Destructive,
}
