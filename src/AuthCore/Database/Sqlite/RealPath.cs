using AuthCore.Hosting;

namespace AuthCore.Database.Sqlite;

/// <summary>Where a path really leads: every link on the way is followed, as SQLite does before it names <c>-wal</c> and <c>-shm</c>.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <exception cref="BrokenSetupException">The links lead in a circle.</exception>
    public static string Of(string path)
    {
        var links = 0;
        return Resolve(Path.GetFullPath(path), ref links);
    }

    private static string Resolve(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var folder = Resolve(parent, ref links);
        var here = Path.Combine(folder, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return ++links <= MostLinks
            ? Resolve(Path.GetFullPath(target, folder), ref links)
            : throw new BrokenSetupException($"Database: the links at {path} lead in a circle.");
    }
}
