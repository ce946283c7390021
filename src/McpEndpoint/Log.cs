using Microsoft.Extensions.Logging;

namespace McpEndpoint;

internal static partial class Log
{
    [LoggerMessage(2040, LogLevel.Information, "Applied {Count} migrations of the MCP endpoint: {Names}")]
    public static partial void Migrated(ILogger logger, int count, string names);

    [LoggerMessage(2041, LogLevel.Warning, "{Count} confirmed actions were interrupted by the last stop; their outcome is unknown and they are not run again")]
    public static partial void InterruptedActionsFound(ILogger logger, int count);
}
