namespace AdminConsole.Hosting;

/// <summary>
/// Where the host's settings and data live. Never the current directory: a server that is started from another folder must
/// not find another database.
/// </summary>
internal static class HostFolder
{
    private const string Solution = "McpAuthConsole.sln";
    private const string BuildOutputMark = "McpAuthConsole.staticwebassets.runtime.json";

    public static WebApplicationOptions Options(string[] args) => new()
    {
        // Settings are read once: watching them would put a watch on every folder below the content root.
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
        ApplicationName = typeof(HostFolder).Assembly.GetName().Name,
        ContentRootPath = Find(AppContext.BaseDirectory),
    };

    /// <summary>
    /// The repository root for a build output (only those carry the manifest of static assets), otherwise the folder of the
    /// published application.
    /// </summary>
    internal static string Find(string applicationFolder)
    {
        if (!File.Exists(Path.Combine(applicationFolder, BuildOutputMark)))
        {
            return applicationFolder;
        }

        for (var folder = new DirectoryInfo(applicationFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        return applicationFolder;
    }
}
