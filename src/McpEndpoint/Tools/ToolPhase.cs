namespace McpEndpoint.Tools;

/// <summary>Which part of a two-phase tool a call is. Metadata of this endpoint's own tools: no other can say it, so no other counts as confirmed.</summary>
internal enum ToolPhase
{
    /// <summary>The tool has one phase: a call does everything.</summary>
    Only = 0,

    /// <summary>A call prepares, and changes nothing.</summary>
    Prepare,

    /// <summary>A call carries out what was prepared.</summary>
    Confirm,
}
