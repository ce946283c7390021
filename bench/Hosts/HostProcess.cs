using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bench.Hosts;

/// <summary>The product as it is built, in a process of its own, with a data directory of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string Email = "bench@example.org";

    private readonly Process _process;
    private readonly LogWatch? _log;
    private readonly Task _reading;

    private HostProcess(Process process, string address, string password, LogWatch? log)
    {
        _process = process;
        _log = log;
        Address = address;
        Password = password;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Where the solution's Release build puts the host.</summary>
    public static string BuiltHost { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Console", "bin", "Release", "net10.0", "McpAuthConsole.dll"));

    public string Address { get; }

    public string Password { get; }

    public bool HasEnded => _process.HasExited;

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <param name="assembly">McpAuthConsole.dll.</param>
    /// <param name="folder">The data directory.</param>
    /// <param name="settings">More of the environment.</param>
    /// <param name="log">Reads what the host prints.</param>
    public static async Task<HostProcess> StartAsync(string assembly, string folder, IEnumerable<(string Key, string Value)> settings, LogWatch? log = null)
    {
        if (!File.Exists(assembly))
        {
            throw new FileNotFoundException("The host is not built: dotnet build -c Release, or say where it is with --host.", assembly);
        }

        var address = $"http://127.0.0.1:{FreePort()}";
        var password = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("dotnet", [assembly])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = address,
                ["PublicUrl"] = address,
                ["DataDirectory"] = folder,
                ["Setup__AdminEmail"] = Email,
                ["Setup__AdminPassword"] = password,
                ["RateLimits__Enabled"] = "false",
                ["Samples__Enabled"] = "true",
                ["Tokens__AccessTokenLifetime"] = "01:00:00",
            },
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var host = new HostProcess(Process.Start(start)!, address, password, log);
        using var http = OAuthClient.Http(address);
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(60); await Task.Delay(100))
        {
            if (host.HasEnded)
            {
                throw new InvalidOperationException($"The host ended by itself with {host._process.ExitCode}.");
            }

            try
            {
                using var ready = await http.GetAsync("/healthz/ready");
                return host;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        await host.DisposeAsync();
        throw new TimeoutException("The host did not listen within a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ReadAsync(StreamReader output)
    {
        var buffer = new char[32 * 1024];
        var line = new System.Text.StringBuilder();
        for (int read; (read = await output.ReadAsync(buffer)) > 0;)
        {
            _log?.Take(buffer.AsSpan(0, read));
            foreach (var sign in buffer.AsSpan(0, read))
            {
                if (sign == '\n')
                {
                    _log?.TakeLine(line.ToString());
                    line.Clear();
                }
                else
                {
                    line.Append(sign);
                }
            }
        }
    }
}
