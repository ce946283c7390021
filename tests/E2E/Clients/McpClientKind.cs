namespace McpAuthConsole.E2ETests.Clients;

/// <summary>A published client package, by the driver script that holds it.</summary>
public enum McpClientKind
{
    /// <summary><c>@modelcontextprotocol/sdk</c>: the <c>initialize</c> era.</summary>
    SdkV1,

    /// <summary><c>@modelcontextprotocol/client</c>, pinned to the stateless revision 2026-07-28.</summary>
    ClientV2,
}
