namespace AuthCore.Storage.Sqlite;

/// <summary>
/// One process per data directory: revocations and limits are kept in memory beside the file, so a second host on the same file would not hear of them.
/// The operating system drops the lock with the process, however that ends.
/// </summary>
internal sealed class DirectoryOwnership : IDisposable
{
    private readonly FileStream _file;

    private DirectoryOwnership(FileStream file) => _file = file;

    /// <exception cref="BrokenSetupException">Another process owns the directory.</exception>
    public static DirectoryOwnership Take(string directory)
    {
        CreatePrivate(directory);
        try
        {
            return new DirectoryOwnership(new FileStream(Path.Combine(directory, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new BrokenSetupException($"DataDirectory: {directory} is in use by another running host. Stop that one, or give this one a directory of its own.", exception);
        }
    }

    public void Dispose() => _file.Dispose();

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
