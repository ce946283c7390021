using System.Diagnostics;
using System.Net;
using McpAuthConsole.E2ETests.Host;

namespace McpAuthConsole.E2ETests.Storage;

/// <summary>A disk without space refuses what writes, and nothing else; with space again, all goes on without a restart.</summary>
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task What_writes_is_503_until_there_is_space_again()
    {
        using var disk = new SmallDisk();
        await using var host = await RunningHost.StartAsync(HostOptions.WithoutRateLimits with
        {
            Settings = new Dictionary<string, string> { ["RateLimits__Enabled"] = "false", ["DataDirectory"] = disk.Directory },
        });
        (await host.RegisterAsync()).Status.ShouldBe(HttpStatusCode.Created);
        disk.Fill();
        Writing.Answer answer;
        var attempts = 0;
        do
        {
            answer = await host.RegisterAsync();
        }
        while (answer.Status == HttpStatusCode.Created && ++attempts < 1_000);

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.RetryAfter.ShouldNotBeNull();
        using var http = new HttpClient();
        (await http.GetAsync(host.At("/account/login"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        disk.MakeSpace();
        (await host.RegisterAsync()).Status.ShouldBe(HttpStatusCode.Created);
        await host.StopAsync();
    }

    [SmallDiskFact]
    public async Task A_host_whose_database_does_not_fit_says_so_and_starts_once_it_does()
    {
        using var disk = new SmallDisk();
        disk.Fill(except: 200_000);
        var options = HostOptions.Default with { Settings = new Dictionary<string, string> { ["DataDirectory"] = disk.Directory } };
        var said = await new Func<Task>(() => RunningHost.StartAsync(options)).RefusedAsync();
        said.ShouldContain("The host cannot start. Database: ");
        said.ShouldContain("mcp-auth.db does not fit on its disk. Nothing was changed;");
        said.ShouldNotContain("Unhandled exception");
        disk.MakeSpace();
        await using var host = await RunningHost.StartAsync(options);
        await host.StopAsync();
    }

    /// <summary>Eight megabytes in memory. Only root may mount such a thing.</summary>
    internal sealed class SmallDisk : IDisposable
    {
        public SmallDisk()
        {
            Directory = System.IO.Directory.CreateTempSubdirectory("mcp-auth-console-small-").FullName;
            if (!TryRun("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", Directory))
            {
                throw new InvalidOperationException("The small disk could not be mounted.");
            }
        }

        public string Directory { get; }

        private string Filler => Path.Combine(Directory, "filler");

        public static bool CanBeMade()
        {
            try
            {
                new SmallDisk().Dispose();
                return true;
            }
            catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }

        public void Fill(int except = 0)
        {
            var kept = Path.Combine(Directory, "kept");
            File.WriteAllBytes(kept, new byte[except]);
            Fill();
            File.Delete(kept);
        }

        private void Fill()
        {
            using var file = File.Create(Filler);
            try
            {
                while (true)
                {
                    file.Write(new byte[4096]);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void MakeSpace() => File.Delete(Filler);

        public void Dispose()
        {
            TryRun("umount", Directory);
            System.IO.Directory.Delete(Directory, recursive: true);
        }

        private static bool TryRun(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    private sealed class SmallDiskFactAttribute : FactAttribute
    {
        public SmallDiskFactAttribute()
        {
            if (!OperatingSystem.IsLinux() || !SmallDisk.CanBeMade())
            {
                Skip = "A disk that is nearly full takes root to mount.";
            }
        }
    }
}
