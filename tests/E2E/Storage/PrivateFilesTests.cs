using System.Text.RegularExpressions;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>What the host writes is its account's alone, in a directory that was there before and that others may read.</summary>
public sealed class PrivateFilesTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Fact]
    public async Task Files_are_private_from_the_start_and_those_that_were_not_become_so()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var directory = Directory.CreateTempSubdirectory("mcp-auth-console-open-").FullName;
        File.SetUnixFileMode(directory, Everybody | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            await using var host = await RunningHost.StartAsync(HostOptions.Default with { Settings = new Dictionary<string, string> { ["DataDirectory"] = directory } });
            await host.RegisterAsync();
            string[] expected =
            [
                ".lock", "audit-heads.json", "master.key", "mcp-auth-telemetry.db", "mcp-auth-telemetry.db-shm", "mcp-auth-telemetry.db-wal",
                "mcp-auth.db", "mcp-auth.db-shm", "mcp-auth.db-wal", "mcp-auth.db.lock",
            ];
            Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(expected);
            ShouldBePrivate(directory);

            await host.KillAsync();
            foreach (var file in Directory.GetFiles(directory))
            {
                File.SetUnixFileMode(file, Everybody);
            }

            await host.RestartAsync();
            ShouldBePrivate(directory);
            await host.PrintedAsync(new Regex("mcp-auth.db was open to other accounts"));
            await host.PrintedAsync(new Regex("master.key was open to other accounts"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static void ShouldBePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in Directory.GetFiles(directory))
        {
            File.GetUnixFileMode(file).ShouldBe(OwnerOnly, file);
        }
    }
}
