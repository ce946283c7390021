namespace AuthCore.Storage;

/// <summary>Files that are their owner's alone (0600), whatever umask and directory say. On Windows the directory's rights apply.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>How to open a file so that it is private from its first moment.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    /// <summary>Makes an empty private file unless there is one: the files that a database makes beside it take its mode.</summary>
    public static void MakeUnlessThere(string path)
    {
        if (!File.Exists(path))
        {
            using var made = new FileStream(path, Options(FileMode.OpenOrCreate));
        }
    }

    /// <summary>Takes from everybody but the owner what they may do with the file, if it is there.</summary>
    /// <returns>The mode that it had, if that was too wide.</returns>
    /// <exception cref="UnauthorizedAccessException">The file is another account's.</exception>
    public static UnixFileMode? Tighten(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return null;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) == UnixFileMode.None)
        {
            return null;
        }

        File.SetUnixFileMode(path, mode & OwnerOnly);
        return mode;
    }
}
