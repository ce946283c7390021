namespace UnitTests.TestKit;

/// <summary>The files that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The C# files of the product, as paths from the root with forward slashes. What the scaffolder wrote is left out.</summary>
    public static IReadOnlyList<string> Sources { get; } = Product("*.cs");

    /// <summary>The Razor files of the product, likewise.</summary>
    public static IReadOnlyList<string> Pages { get; } = Product("*.razor");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string[] Product(string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                && !file.Contains("/Migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "McpAuthConsole.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests run outside their repository.");
        }

        return directory.FullName;
    }
}
