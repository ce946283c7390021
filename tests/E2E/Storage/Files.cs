using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>What lies in the host's data directory.</summary>
internal static class Files
{
    public static string Database(this RunningHost host) => Path.Combine(host.DataDirectory, "mcp-auth.db");

    public static string Telemetry(this RunningHost host) => Path.Combine(host.DataDirectory, "mcp-auth-telemetry.db");

    public static string MasterKey(this RunningHost host) => Path.Combine(host.DataDirectory, "master.key");

    /// <summary>Starts a host that must refuse, and returns all that it said.</summary>
    public static async Task<string> RefusedAsync(this Func<Task> start) => (await Should.ThrowAsync<InvalidOperationException>(start)).Message;
}
