using System.Globalization;
using System.Runtime.InteropServices;

namespace Bench;

/// <summary>What a number was measured on: without it a number says nothing.</summary>
internal static class Machine
{
    public static void Describe(string folder)
    {
        var drive = new DriveInfo(folder);
        Console.WriteLine($"{DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Processor()}, {Environment.ProcessorCount} processors, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, files on {drive.DriveFormat}");
        if (drive.DriveFormat is "tmpfs" or "ramfs")
        {
            Console.WriteLine("The files are in memory: a commit costs nothing here, so commits cannot be compared. Choose another --folder.");
        }
    }

    private static string Processor() =>
        File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
