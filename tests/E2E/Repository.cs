namespace McpAuthConsole.E2ETests;

/// <summary>Where the repository's files lie, found from the folder the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The build configuration that these tests were built with, and so the host's.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>What a failed test leaves behind: host output, screenshots, traces.</summary>
    public static string ArtifactsFor(string name)
    {
        var folder = Path.Combine(Root, "artifacts", "e2e", name);
        Directory.CreateDirectory(folder);
        return folder;
    }

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "McpAuthConsole.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No McpAuthConsole.sln in {AppContext.BaseDirectory} or above it.");
    }
}
