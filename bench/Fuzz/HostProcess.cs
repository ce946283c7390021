using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bench.Fuzz;

/// <summary>The product as it is built, in a process of its own, with a data directory of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    public const string Email = "fuzz@example.org";

    private readonly Process _process;
    private readonly Task _reading;

    private HostProcess(Process process, string address, string password)
    {
        _process = process;
        Address = address;
        Password = password;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>Where the solution's Release build puts the host.</summary>
    public static string BuiltHost { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "src", "Console", "bin", "Release", "net10.0", "McpAuthConsole.dll"));

    public string Address { get; }

    public string Password { get; }

    public LogWatch Log { get; } = new();

    public bool HasEnded => _process.HasExited;

    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public static async Task<HostProcess> StartAsync(string assembly, string folder, string logLevel)
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
                ["Logging__LogLevel__Default"] = logLevel,
            },
        };
        var host = new HostProcess(Process.Start(start)!, address, password);
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
            Log.Take(buffer.AsSpan(0, read));
            foreach (var sign in buffer.AsSpan(0, read))
            {
                if (sign == '\n')
                {
                    Log.TakeLine(line.ToString());
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
