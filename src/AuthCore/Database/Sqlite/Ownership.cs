using AuthCore.Hosting;
using AuthCore.Storage;

namespace AuthCore.Database.Sqlite;

/// <summary>
/// One process per data directory, and one per database file wherever that is: revocations and limits are kept in memory beside the file, so a second host
/// on the same file would not hear of them. The operating system drops the locks with the process, however that ends.
/// </summary>
internal sealed class Ownership : IDisposable
{
    private readonly FileStream _directory;
    private readonly FileStream? _file;

    private Ownership(FileStream directory, FileStream? file) => (_directory, _file) = (directory, file);

    /// <param name="directory">The data directory; made if it is not there.</param>
    /// <param name="databaseFile">The database file; null for one that is in memory.</param>
    /// <exception cref="BrokenSetupException">Another process owns one of the two.</exception>
    public static Ownership Take(string directory, string? databaseFile)
    {
        CreatePrivate(directory);
        var owned = Lock(Path.Combine(directory, ".lock"), $"DataDirectory: {directory}", "a directory of its own");
        try
        {
            // Two directories may lead to one file: what counts is where it really is.
            return new Ownership(owned, databaseFile is null ? null : Lock(RealPath.Of(databaseFile) + ".lock", $"Database: {databaseFile}", "a database of its own"));
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _directory.Dispose();
    }

    private static FileStream Lock(string path, string what, string instead)
    {
        try
        {
            return new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new BrokenSetupException($"{what}: {path} cannot be made. The folder must exist, and the account of this host must be allowed to write there.", exception);
        }
        catch (IOException exception)
        {
            throw new BrokenSetupException($"{what} is in use by another running host. Stop that one, or give this one {instead}.", exception);
        }
    }

    /// <summary>The database holds secrets of families and hashes of passwords: a directory that is made here is its owner's alone.</summary>
    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(directory))
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
